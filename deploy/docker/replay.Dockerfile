# Publishes the sample stream to a broker, with the event time as the record's timestamp. For trying the service out.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/KbAlbertStream.Demo -c Release -o /app -p:RestoreLockedMode=true

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
WORKDIR /app
COPY --from=build /app .
USER $APP_UID
ENTRYPOINT ["./KbAlbertStream.Demo"]
CMD ["replay", "--stream", "/samples/stream.jsonl"]
