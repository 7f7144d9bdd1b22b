import { runPrisma } from "./run-prisma";
import { startTestCluster } from "./testing/start-test-cluster";

/** Fails, and prints what is missing, when the migrations do not lead to prisma/schema.prisma. */
const cluster = await startTestCluster();
try {
  const shadow = new URL(cluster.maintenanceUrl);
  shadow.pathname = "/shadow";
  await cluster.createDatabase("shadow");
  const sides = ["--from-migrations", "prisma/migrations", "--to-schema", "prisma/schema.prisma"];
  const env = { SHADOW_DATABASE_URL: shadow.toString() };
  await runPrisma(["migrate", "diff", ...sides, "--exit-code"], { url: cluster.maintenanceUrl, env });
  console.log("The migrations lead to prisma/schema.prisma.");
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error("Where the schema is ahead of the migrations, write the migration that is missing.");
  process.exitCode = 1;
} finally {
  await cluster.stop();
}
