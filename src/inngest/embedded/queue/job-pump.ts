import { setTimeout as delay } from "node:timers/promises";
import type { Job } from "./job-queue";

/** How often we look whether another process still holds a job: it may finish before its lease ends. */
const HELD_LOOK_MS = 250;

export type JobPumpOptions = {
  readonly concurrency: number;
  /** Does what makes jobs runnable (routing, cron), then claims up to `limit` jobs. */
  readonly claim: (limit: number) => Promise<Job[]>;
  /** Executes one job; never rejects. */
  readonly execute: (job: Job) => Promise<void>;
  /** Wall milliseconds until another process's lease on due work may end; undefined: there is none. */
  readonly heldForMs: () => Promise<number | undefined>;
  /** Called when a look after a kick failed; the next kick tries again. */
  readonly onClaimFailed: (error: unknown) => void;
};

export type JobPump = {
  /** Lets kicks start work; before open(), only drain() does. */
  open(): void;
  /** Looks for work soon. */
  kick(): void;
  /** Works until a look finds nothing and nothing is in flight, here or elsewhere. Rejects when the database does. */
  drain(): Promise<void>;
  inFlight(): Job[];
  /** No more claims. Resolves when nothing is in flight or after `patienceMs`. */
  close(patienceMs: number): Promise<void>;
};

/** Resolves when the work is done or the time is over; leaves no timer behind. */
const settledWithin = async (work: Promise<unknown>, patienceMs: number): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patienceMs);
  });
  await Promise.race([work, patience]);
  clearTimeout(timer);
};

/** Whether another process holds due work; if so, also waits a moment for it. */
const isHeldElsewhere = async ({ heldForMs }: Pick<JobPumpOptions, "heldForMs">): Promise<boolean> => {
  const heldMs = await heldForMs();
  if (heldMs === undefined) return false;
  await delay(Math.min(Math.max(heldMs, 0) + 1, HELD_LOOK_MS));
  return true;
};

type Looking = Pick<JobPumpOptions, "heldForMs"> & {
  readonly lookOnce: () => Promise<number>;
  readonly flying: ReadonlyMap<Job, Promise<void>>;
  /** How many calls have ended. */
  readonly landed: () => number;
};

const drainWith = async ({ lookOnce, flying, landed, heldForMs }: Looking): Promise<void> => {
  for (;;) {
    const landedBefore = landed();
    const claimed = await lookOnce();
    if (flying.size > 0) await Promise.race(flying.values());
    // A call that ended during the look may have left work that the look did not see.
    else if (claimed === 0 && landed() === landedBefore && !(await isHeldElsewhere({ heldForMs }))) return;
  }
};

/** Keeps at most `concurrency` jobs executing. One look at the queue at a time. */
export const createJobPump = (options: JobPumpOptions): JobPump => {
  const flying = new Map<Job, Promise<void>>();
  let state: "shut" | "open" | "closed" = "shut";
  let look: Promise<number> | undefined;
  let lookAgain = false;
  let landed = 0;

  const launch = (job: Job): void => {
    const flight = options.execute(job).finally(() => {
      flying.delete(job);
      landed += 1;
      kick();
    });
    flying.set(job, flight);
  };

  /** Claims until the queue is empty or every place is taken. */
  const claimAll = async (): Promise<number> => {
    let claimed = 0;
    for (;;) {
      lookAgain = false;
      const free = options.concurrency - flying.size;
      if (free <= 0 || state === "closed") return claimed;
      const jobs = await options.claim(free);
      jobs.forEach(launch);
      claimed += jobs.length;
      if (jobs.length < free && !lookAgain) return claimed;
    }
  };

  const lookOnce = (): Promise<number> => {
    lookAgain = true; // a look under way may miss what has just arrived
    // One microtask later, so that a kick from within a claim finds the look it is part of.
    look ??= Promise.resolve()
      .then(claimAll)
      .finally(() => {
        look = undefined;
      });
    return look;
  };

  const kick = (): void => {
    if (state !== "open") return;
    // Kicks again when another kick came after the last claim of this look.
    lookOnce().then(() => (lookAgain ? kick() : undefined), options.onClaimFailed);
  };

  const close = async (patienceMs: number): Promise<void> => {
    state = "closed";
    await look?.catch(() => 0);
    await settledWithin(Promise.all(flying.values()), patienceMs);
  };

  return {
    open: () => {
      if (state === "closed") throw new Error("A stopped runner cannot be started again: make a new one.");
      state = "open";
    },
    kick,
    drain: () => drainWith({ ...options, lookOnce, flying, landed: () => landed }),
    inFlight: () => [...flying.keys()],
    close,
  };
};
