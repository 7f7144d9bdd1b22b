import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { PROJECT_FOLDER } from "../project-folder";
import { createClusterFolders, queryOne } from "../testing/cluster-folders";
import { isAlive, readLock } from "./postmaster-lock";
import type { Cluster } from "./start-cluster";
import { waitUntil } from "./wait-until";

const { makeFolder, start, removeAll } = createClusterFolders();
afterAll(removeAll);

const PATIENCE_MS = 50_000;

const serverPid = (dataFolder: string): number => readLock(dataFolder)?.pid ?? Number.NaN;

const backendPid = async (cluster: Cluster): Promise<number> =>
  Number(
    await queryOne(cluster.url("postgres"), "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'"),
  );

const kill = async (pid: number): Promise<void> => {
  process.kill(pid, "SIGKILL");
  expect(await waitUntil(() => !isAlive(pid), PATIENCE_MS)).toBe(true);
};

describe("after kill -9 of the server", () => {
  it("its owner learns of the end, and the next start recovers every row", async () => {
    const folder = makeFolder();
    const first = await start({ folder, durable: true });
    await queryOne(first.url("postgres"), "CREATE TABLE kept AS SELECT 7 AS value");
    await kill(serverPid(first.dataFolder));
    expect(await first.exited).toEqual({ code: null, signal: "SIGKILL" });
    const second = await start({ folder });
    expect(await queryOne(second.url("postgres"), "SELECT value FROM kept")).toBe(7);
  });

  it("the next start waits for processes that still hold its memory", async () => {
    const folder = makeFolder();
    const first = await start({ folder });
    const survivor = await backendPid(first);
    process.kill(survivor, "SIGSTOP");
    await kill(serverPid(first.dataFolder));
    const next = start({ folder });
    const isHeld = (): boolean => readFileSync(first.logFile, "utf8").includes("pre-existing shared memory block");
    expect(await waitUntil(isHeld, PATIENCE_MS)).toBe(true);
    process.kill(survivor, "SIGCONT");
    expect(await queryOne((await next).url("postgres"), "SELECT 1")).toBe(1);
  });

  it("a lock that names a process of another program does not stop the start", async () => {
    const folder = makeFolder();
    const first = await start({ folder });
    await first.stop();
    writeFileSync(path.join(first.dataFolder, "postmaster.pid"), `${process.pid}\n${first.dataFolder}\n0\n5432\n`);
    const second = await start({ folder });
    expect(await queryOne(second.url("postgres"), "SELECT 1")).toBe(1);
  });
});

describe("a server that already runs on the folder", () => {
  it("is named, and left alone", async () => {
    const folder = makeFolder();
    const first = await start({ folder });
    const pid = serverPid(first.dataFolder);
    await expect(start({ folder })).rejects.toThrow(new RegExp(`already runs on .*process ${pid}, port ${first.port}`));
    expect(await queryOne(first.url("postgres"), "SELECT 1")).toBe(1);
  });

  it("is stopped when asked to", async () => {
    const folder = makeFolder();
    const first = await start({ folder });
    const second = await start({ folder, takeOver: true });
    expect(await first.exited).toEqual({ code: 0, signal: null });
    expect(await queryOne(second.url("postgres"), "SELECT 1")).toBe(1);
  });
});

describe("the program that owns the server", () => {
  const own = async (folder: string): Promise<ChildProcess> => {
    const program = path.join(PROJECT_FOLDER, "scripts", "testing", "hold-cluster.ts");
    const owner = spawn(process.execPath, ["--import", "tsx", program, folder], {
      cwd: PROJECT_FOLDER,
      stdio: ["ignore", "pipe", "inherit"],
      detached: true,
    });
    await once(owner.stdout ?? owner, "data");
    return owner;
  };

  it("takes the server with it on kill -9 of its group, and outlives Ctrl-C together with it", async () => {
    const folder = makeFolder();
    const owner = await own(folder);
    const group = -(owner.pid ?? Number.NaN);
    const pid = serverPid(path.join(folder, "data"));
    process.kill(group, "SIGINT");
    await once(owner.stdout ?? owner, "data");
    expect(isAlive(pid)).toBe(true);
    process.kill(group, "SIGKILL");
    expect(await waitUntil(() => !isAlive(pid), PATIENCE_MS)).toBe(true);
  });
});
