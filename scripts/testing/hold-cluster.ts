import { startCluster } from "../postgres/start-cluster";

/** A program for tests that kill the owner of a cluster: starts a cluster, reports its port, and keeps running. */
const [folder = ""] = process.argv.slice(2);
const cluster = await startCluster({ folder, durable: false });
process.on("SIGINT", () => process.stdout.write("interrupted\n"));
process.stdout.write(`port ${cluster.port}\n`);
setInterval(() => undefined, 60_000);
