import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createClusterFolders, queryOne } from "../testing/cluster-folders";
import { canExecute, findDatabaseUser } from "./database-user";
import { locateBinaries } from "./locate-binaries";
import { reachableBinaries } from "./reachable-place";

const { makeFolder, start, removeAll } = createClusterFolders();
const standIns: string[] = [];
afterAll(async () => {
  await removeAll();
  for (const folder of standIns) rmSync(folder, { recursive: true, force: true });
});

const isRoot = process.getuid?.() === 0;

/** A folder that only root may enter, as /root is. */
const makeLocked = (): string => {
  const folder = makeFolder();
  chmodSync(folder, 0o700);
  return folder;
};

describe.runIf(isRoot)("root in a folder that the database user cannot enter", () => {
  it("keeps the data elsewhere, says where, and finds it again", async () => {
    const locked = makeLocked();
    const folder = path.join(locked, "postgres");
    const said: string[] = [];
    const notify = (message: string): void => void said.push(message);
    const first = await start({ folder, notify });
    const standIn = path.dirname(first.dataFolder);
    standIns.push(standIn);
    expect(first.dataFolder.startsWith(locked)).toBe(false);
    expect(said.join()).toContain(standIn);
    const remembered: unknown = JSON.parse(readFileSync(path.join(locked, "postgres-location.json"), "utf8"));
    expect(remembered).toEqual({ [folder]: standIn });
    await queryOne(first.url("postgres"), "CREATE TABLE kept AS SELECT 7 AS value");
    await first.stop();
    const second = await start({ folder });
    expect(await queryOne(second.url("postgres"), "SELECT value FROM kept")).toBe(7);
    await second.stop();
  });

  it("does not begin with an empty database when the place it remembers is gone", async () => {
    const locked = makeLocked();
    const folder = path.join(locked, "postgres");
    const gone = path.join(locked, "gone");
    writeFileSync(path.join(locked, "postgres-location.json"), JSON.stringify({ [folder]: gone }));
    await expect(start({ folder })).rejects.toThrow(/was kept in .*gone, which is gone\. Restore/);
  });

  it("does not begin with an empty database when data lies in the locked folder", async () => {
    const locked = makeLocked();
    mkdirSync(path.join(locked, "postgres", "data"), { recursive: true });
    await expect(start({ folder: path.join(locked, "postgres") })).rejects.toThrow(/can no longer enter .*chmod o\+x/);
  });

  it("runs binaries from a copy that the database user can reach, also where a umask closed them all", () => {
    const locked = makeLocked();
    const user = findDatabaseUser(path.join(locked, "data"));
    const original = locateBinaries();
    const hidden = path.join(locked, "package", "native");
    mkdirSync(path.join(hidden, "bin"), { recursive: true, mode: 0o700 });
    writeFileSync(path.join(locked, "package", "package.json"), '{"version":"1.2.3"}');
    writeFileSync(path.join(hidden, "bin", "postgres"), "", { mode: 0o700 });
    writeFileSync(path.join(hidden, "library"), "", { mode: 0o600 });
    const copy = reachableBinaries({ ...original, root: hidden, postgres: path.join(hidden, "bin", "postgres") }, user);
    standIns.push(path.dirname(copy.root));
    expect(canExecute(user, path.join(hidden, "bin", "postgres"))).toBe(false);
    expect(canExecute(user, copy.postgres)).toBe(true);
    expect(statSync(path.join(copy.root, "library")).mode & 0o777).toBe(0o644);
  });
});

describe("binaries in a folder that everyone can enter", () => {
  it("are used where they are", () => {
    const original = locateBinaries();
    expect(reachableBinaries(original, undefined)).toEqual(original);
  });
});
