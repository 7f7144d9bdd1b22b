import path from "node:path";
import { afterEach, expect, it } from "vitest";
import { createSupervisor, type Supervisor } from "./supervise";

const BEAT = path.join(import.meta.dirname, "beat-to-parent.mjs");
const HERE = { folder: import.meta.dirname, environment: {} };
const CHILD = `
  const { beatToParent } = await import(${JSON.stringify(`file://${BEAT}`)});
  process.stdin.once("end", () => process.exit(0)).resume();
  beatToParent();
  console.log("pid " + process.pid);
  setTimeout(() => console.log("ready"), 0);`;
/** A child beats each second, and 20 silent looks are one and a half: a busy machine may kill a child too often, never too seldom. */
const LOOK_EVERY_MS = 75;

let supervisor: Supervisor | undefined;
afterEach(() => supervisor?.stop());

it("a child that is frozen is killed and started again, and the log says so", async () => {
  const pids: number[] = [];
  const lines: string[] = [];
  let onPid = (): void => undefined;
  const say = (text: string): void => {
    lines.push(text);
    const pid = /pid (\d+)/.exec(text)?.[1];
    if (pid === undefined) return;
    pids.push(Number(pid));
    onPid();
  };
  supervisor = createSupervisor({ ...HERE, say, onGiveUp: say, lookEveryMs: LOOK_EVERY_MS });
  const isReady = (line: string): boolean => line === "ready";
  await supervisor.start({ name: "sleeper", args: ["--input-type=module", "-e", CHILD], env: {}, isReady });
  const frozen = pids.at(-1) ?? 0;
  const another = new Promise<void>((resolve) => {
    onPid = () => resolve();
  });
  process.kill(frozen, "SIGSTOP");
  await another;
  expect(pids.at(-1)).not.toBe(frozen);
  expect(() => process.kill(frozen, 0)).toThrow(/ESRCH/);
  expect(lines).toContain("The sleeper hangs, it gives no sign of life: it is ended");
  expect(lines.some((line) => line.startsWith("The sleeper ended (SIGKILL): it is started again"))).toBe(true);
});

it("a child that hangs before it was ever ready is ended too", async () => {
  const hung = new Promise<string>((resolve) => {
    const say = (text: string): void => (text.includes("hangs") ? resolve(text) : undefined);
    supervisor = createSupervisor({ ...HERE, say, onGiveUp: say, lookEveryMs: 1 });
    void supervisor.start({
      name: "starter",
      args: ["-e", "setInterval(() => {}, 1000)"],
      env: {},
      isReady: () => false,
    });
  });
  expect(await hung).toBe("The starter hangs, it gives no sign of life: it is ended");
});
