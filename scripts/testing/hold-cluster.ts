import { startCluster } from "../postgres/start-cluster";

/** A program that owns a cluster, for the tests that kill such a program: starts it, tells its port, and stays. */
const [folder = ""] = process.argv.slice(2);
const cluster = await startCluster({ folder, durable: false });
process.on("SIGINT", () => process.stdout.write("interrupted\n"));
process.stdout.write(`port ${cluster.port}\n`);
setInterval(() => undefined, 60_000);
