# The service. The .NET images are Ubuntu 24.04 (there is no Debian one); chiseled "extra" carries ICU (Hangul must compose
# under NFC) and time zones, and runs as the non-root user `app`.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/KbAlbertStream.Worker -c Release -o /app -p:RestoreLockedMode=true

FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
WORKDIR /app
COPY --from=build /app .
COPY models/demo /models/demo
USER $APP_UID
ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false \
    Model__Bundle=/models/demo
EXPOSE 8080
ENTRYPOINT ["./kbalbertstream"]
CMD ["run"]
