import { expect, it } from "vitest";
import type { Pulse } from "~/contracts/pulse";
import { AppError } from "../../errors";
import type { Numbered } from "./stream-live-events";
import { withPulse } from "./with-pulse";

const PULSE: Pulse = { kind: "pulse", stopped: [], lags: [] };

const createSource = () => {
  const listeners = new Set<(pulse: Pulse) => void>();
  const beat = (pulse: Pulse): void => {
    for (const hear of listeners) hear(pulse);
  };
  const listen = (hear: (pulse: Pulse) => void) => {
    listeners.add(hear);
    return () => void listeners.delete(hear);
  };
  return { listen, beat, size: () => listeners.size };
};
const eventOf = (id: string): Numbered => ({ id, message: { kind: "resync" } });
const hang = (): Promise<never> => new Promise(() => undefined);

it("tells the pulse while a reading of events hangs, and lets go of both when its reader leaves", async () => {
  const pulse = createSource();
  const open = async function* (): AsyncGenerator<Numbered> {
    yield eventOf("1");
    await hang();
  };
  const stream = withPulse({ open, lastEventId: undefined, pulse, signal: undefined });
  expect((await stream.next()).value).toEqual(eventOf("1"));
  for (let n = 0; n < 3; n++) {
    const next = stream.next();
    pulse.beat(PULSE);
    expect((await next).value).toEqual(PULSE);
  }
  await stream.return(undefined);
  expect(pulse.size()).toBe(0);
});

it("reads events again after the last that was told when they could not be read", async () => {
  const opened: (string | undefined)[] = [];
  const open = async function* (lastEventId: string | undefined): AsyncGenerator<Numbered> {
    opened.push(lastEventId);
    yield eventOf(String(Number(lastEventId ?? "0") + 1));
    if (opened.length < 3) throw new Error("the database did not answer");
  };
  const told: unknown[] = [];
  for await (const each of withPulse({ open, lastEventId: "6", pulse: createSource(), signal: undefined })) {
    told.push(each);
  }
  expect(told).toEqual([eventOf("7"), eventOf("8"), eventOf("9")]);
  expect(opened).toEqual(["6", "7", "8"]);
});

it("passes a refusal on instead of asking again", async () => {
  const open = async function* (): AsyncGenerator<Numbered> {
    await Promise.reject(new AppError("conflict", "You have too many streams open."));
    yield eventOf("1");
  };
  const stream = withPulse({ open, lastEventId: undefined, pulse: createSource(), signal: undefined });
  await expect(stream.next()).rejects.toThrow(/too many streams/);
});
