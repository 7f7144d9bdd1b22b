import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createClusterFolders, queryOne } from "../testing/cluster-folders";
import { APP_ROLE } from "./app-role";
import { findDatabaseUser } from "./database-user";
import { findFreePort } from "./free-port";
import { locateBinaries } from "./locate-binaries";
import { reachableBinaries } from "./reachable-place";
import type { Cluster } from "./start-cluster";
import { startWithRetries } from "./start-with-retries";

const { makeFolder, start, removeAll } = createClusterFolders();
afterAll(removeAll);

const setting = (cluster: Cluster, name: string): Promise<unknown> =>
  queryOne(cluster.url("postgres"), `SELECT current_setting('${name}')`);

describe("a new cluster", () => {
  it("listens on 127.0.0.1 alone, in UTC and UTF-8, and makes and drops databases", async () => {
    const cluster = await start({ folder: makeFolder(), settings: { work_mem: "5MB" } });
    expect(await setting(cluster, "listen_addresses")).toBe("127.0.0.1");
    expect(await setting(cluster, "unix_socket_directories")).toBe("");
    expect(await setting(cluster, "TimeZone")).toBe("UTC");
    expect(await setting(cluster, "fsync")).toBe("off");
    expect(await setting(cluster, "work_mem")).toBe("5MB");
    const locale =
      "SELECT pg_encoding_to_char(encoding) || ' ' || datlocale FROM pg_database WHERE datname = 'postgres'";
    expect(await queryOne(cluster.url("postgres"), locale)).toBe("UTF8 C.UTF-8");
    await cluster.createDatabase("first");
    await queryOne(cluster.url("first"), "CREATE TABLE kept AS SELECT 7 AS value");
    await cluster.createDatabase("second", "first");
    expect(await queryOne(cluster.url("second"), "SELECT value FROM kept")).toBe(7);
    await cluster.dropDatabase("second");
    await expect(queryOne(cluster.url("second"), "SELECT 1")).rejects.toThrow(/does not exist/);
  });

  it("keeps its password from other users, and refuses a wrong one", async () => {
    const folder = makeFolder();
    const cluster = await start({ folder });
    expect(statSync(path.join(folder, "password")).mode & 0o777).toBe(0o600);
    const wrong = new URL(cluster.url("postgres"));
    wrong.password = "guess";
    await expect(queryOne(wrong.toString(), "SELECT 1")).rejects.toThrow(/password authentication failed/);
  });
});

describe("a folder used before", () => {
  it("keeps its rows, and writes durably when asked to", async () => {
    const folder = makeFolder();
    const first = await start({ folder, durable: true });
    expect(await setting(first, "fsync")).toBe("on");
    await queryOne(first.url("postgres"), "CREATE TABLE kept AS SELECT 7 AS value");
    await first.stop();
    await first.stop();
    const second = await start({ folder });
    expect(await queryOne(second.url("postgres"), "SELECT value FROM kept")).toBe(7);
  });

  it("that knows only its superuser gets the app's role, whose password stays the same and is nobody else's", async () => {
    const folder = makeFolder();
    const first = await start({ folder });
    await queryOne(first.url("postgres"), `DROP ROLE ${APP_ROLE}`);
    await first.stop();
    const file = path.join(folder, "app-password");
    rmSync(file);
    const second = await start({ folder });
    expect(await queryOne(second.appUrl("postgres"), "SELECT current_user")).toBe(APP_ROLE);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const password = readFileSync(file, "utf8");
    await second.stop();
    const third = await start({ folder });
    expect(await queryOne(third.appUrl("postgres"), "SELECT current_user")).toBe(APP_ROLE);
    expect(readFileSync(file, "utf8")).toBe(password);
  });

  it("takes from the app's role what it should not have", async () => {
    const folder = makeFolder();
    const first = await start({ folder });
    await queryOne(first.url("postgres"), `ALTER ROLE ${APP_ROLE} SUPERUSER CREATEDB`);
    await first.stop();
    const second = await start({ folder });
    const may = `SELECT rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = '${APP_ROLE}'`;
    expect(await queryOne(second.url("postgres"), may)).toBe(false);
  });

  it("is made anew where an earlier making was killed half-way", async () => {
    const folder = makeFolder();
    mkdirSync(path.join(folder, "data.tmp", "base"), { recursive: true });
    writeFileSync(path.join(folder, "data.tmp", "base", "half"), "");
    mkdirSync(path.join(folder, "data"));
    const cluster = await start({ folder });
    expect(await queryOne(cluster.url("postgres"), "SELECT 1")).toBe(1);
    expect(readdirSync(folder)).not.toContain("data.tmp");
  });

  it("is never overwritten when it holds something else", async () => {
    const folder = makeFolder();
    mkdirSync(path.join(folder, "data"));
    writeFileSync(path.join(folder, "data", "letter.txt"), "dear");
    await expect(start({ folder })).rejects.toThrow(/holds files, but no PostgreSQL cluster/);
    expect(existsSync(path.join(folder, "data", "letter.txt"))).toBe(true);
  });

  it("is refused with the remedy when its password is lost or another version made it", async () => {
    const folder = makeFolder();
    const cluster = await start({ folder });
    await cluster.stop();
    rmSync(path.join(folder, "password"));
    await expect(start({ folder })).rejects.toThrow(/password of the database .* is missing\. Restore/);
    writeFileSync(path.join(folder, "password"), "x");
    writeFileSync(path.join(folder, "data", "PG_VERSION"), "17\n");
    await expect(start({ folder })).rejects.toThrow(/was made by PostgreSQL 17/);
  });
});

describe("a start that cannot succeed", () => {
  it("says that the wanted port is taken", async () => {
    const first = await start({ folder: makeFolder() });
    const clash = start({ folder: makeFolder(), port: first.port });
    await expect(clash).rejects.toThrow(new RegExp(`Port ${first.port} of 127.0.0.1 is taken`));
  });

  it("takes another port when the one found free was taken meanwhile, but not for ever", async () => {
    const other = await start({ folder: makeFolder() });
    const folder = makeFolder();
    const first = await start({ folder });
    await first.stop();
    const ports = [other.port, await findFreePort()];
    const user = findDatabaseUser(first.dataFolder);
    const cluster = { folder, binaries: reachableBinaries(locateBinaries(), user), user, durable: false };
    const settings = { listen_addresses: "127.0.0.1", unix_socket_directories: "" };
    const choosePort = (): Promise<number> => Promise.resolve(ports.shift() ?? other.port);
    const started = await startWithRetries(cluster, { settings, choosePort, portAttempts: 2 });
    expect(started.port).not.toBe(other.port);
    await started.server.stop("fast");
    await expect(startWithRetries(cluster, { settings, choosePort, portAttempts: 2 })).rejects.toThrow(/is taken/);
  });

  it("leaves no server behind where the app's role cannot be made", async () => {
    const folder = makeFolder();
    mkdirSync(path.join(folder, "app-password"));
    await expect(start({ folder })).rejects.toThrow(/EISDIR/);
    rmSync(path.join(folder, "app-password"), { recursive: true });
    const cluster = await start({ folder });
    expect(await queryOne(cluster.appUrl("postgres"), "SELECT current_user")).toBe(APP_ROLE);
  });

  it("shows the server's own last lines", async () => {
    const clash = start({ folder: makeFolder(), settings: { max_connections: "many" } });
    await expect(clash).rejects.toThrow(/did not start[\s\S]*invalid value for parameter "max_connections"/);
  });
});
