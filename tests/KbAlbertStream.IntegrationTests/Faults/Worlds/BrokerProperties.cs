namespace KbAlbertStream.IntegrationTests.Faults.Worlds;

/// <summary>The <c>server.properties</c> of a node. Nothing is deleted by age: the records carry event times of long ago.</summary>
internal static class BrokerProperties
{
    public static string Of(
        int node, int nodes, string folder, int client, int between, int controller, int advertised, string voters) =>
        $"""
        process.roles=broker,controller
        node.id={node}
        listeners=CLIENT://127.0.0.1:{client},INTERNAL://127.0.0.1:{between},CONTROLLER://127.0.0.1:{controller}
        advertised.listeners=CLIENT://127.0.0.1:{advertised},INTERNAL://127.0.0.1:{between}
        listener.security.protocol.map=CLIENT:PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT
        controller.listener.names=CONTROLLER
        inter.broker.listener.name=INTERNAL
        controller.quorum.voters={voters}
        log.dirs={folder}/data
        auto.create.topics.enable=false
        default.replication.factor={nodes}
        min.insync.replicas={(nodes > 2 ? 2 : 1)}
        offsets.topic.replication.factor={nodes}
        offsets.topic.num.partitions=4
        transaction.state.log.replication.factor={nodes}
        transaction.state.log.min.isr=1
        transaction.state.log.num.partitions=4
        share.coordinator.state.topic.replication.factor={nodes}
        share.coordinator.state.topic.min.isr=1
        group.initial.rebalance.delay.ms=0
        group.min.session.timeout.ms=1000
        log.retention.ms=-1
        """;
}
