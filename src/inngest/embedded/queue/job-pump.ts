import { setTimeout as delay } from "node:timers/promises";
import type { Job } from "./job-queue";

/** How often we look whether another process still holds a job: it may finish before its lease ends. */
const HELD_LOOK_MS = 250;

export type JobPumpOptions = {
  readonly concurrency: number;
  /** Does what makes jobs runnable (routing, cron), then claims up to `limit` jobs. */
  readonly claim: (limit: number) => Promise<Job[]>;
  /**
   * Executes one job; never rejects. Returns the job that it claimed for its place as it ended, none where nothing was
   * due; undefined where it did not look. `mayClaim`: whether it may; else a look has to come first.
   */
  readonly execute: (job: Job, mayClaim: () => boolean) => Promise<readonly Job[] | undefined>;
  /** Gives up jobs that were claimed and are not executed. */
  readonly release: (jobs: readonly Job[]) => Promise<void>;
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
  readonly lookOnce: () => Promise<void>;
  /** Resolves when no look is under way. */
  readonly looked: () => Promise<void>;
  readonly flying: ReadonlyMap<Job, Promise<void>>;
  /** Whether there is something to look for. */
  readonly mayLook: () => boolean;
};

const drainWith = async ({ lookOnce, looked, flying, mayLook, heldForMs }: Looking): Promise<void> => {
  let looksAgain = true;
  for (;;) {
    // A look that a kick began may still bring work.
    await (looksAgain || mayLook() ? lookOnce() : looked());
    looksAgain = false;
    if (flying.size > 0) await Promise.race(flying.values());
    else if (!mayLook()) {
      looksAgain = await isHeldElsewhere({ heldForMs });
      if (!looksAgain) return;
    }
  }
};

/** Keeps at most `concurrency` jobs executing. One look at the queue at a time. */
export const createJobPump = (options: JobPumpOptions): JobPump => {
  const flying = new Map<Job, Promise<void>>();
  let state: "shut" | "open" | "closed" = "shut";
  let look: Promise<void> | undefined;
  /** Something may be due that no claim has seen. */
  let isWanted = false;
  const mayLook = (): boolean => isWanted && state !== "closed";

  const land = async (job: Job, claimed: readonly Job[] | undefined): Promise<void> => {
    const next = claimed ?? [];
    if (state === "closed" && next.length > 0) await options.release(next).catch(() => undefined); // else the leases run out
    flying.delete(job);
    if (state !== "closed") next.forEach(launch);
    // Where nothing was due for its place, nothing is for a free one.
    const hasMore = next.length > 0 && flying.size < options.concurrency;
    if (isWanted || claimed === undefined || hasMore) kick();
  };

  const launch = (job: Job): void => {
    const mayClaim = (): boolean => !isWanted && state !== "closed";
    const flight = options.execute(job, mayClaim).then((claimed) => land(job, claimed));
    flying.set(job, flight);
  };

  /** Claims until the queue is empty or every place is taken: a call that ends then looks again. */
  const claimAll = async (): Promise<void> => {
    for (;;) {
      const free = options.concurrency - flying.size;
      if (free <= 0 || state === "closed") return;
      isWanted = false;
      const jobs = await options.claim(free);
      jobs.forEach(launch);
      if (jobs.length < free && !isWanted) return;
    }
  };

  const lookOnce = (): Promise<void> => {
    isWanted = true; // a look under way may miss what has just arrived
    // One microtask later, so that a kick from within a claim finds the look it is part of.
    look ??= Promise.resolve()
      .then(claimAll)
      .finally(() => {
        look = undefined;
      });
    return look;
  };

  const kick = (): void => {
    isWanted = true;
    if (state !== "open" || flying.size >= options.concurrency) return;
    // Kicks again when another kick came after the last claim of this look.
    lookOnce().then(() => (isWanted ? kick() : undefined), options.onClaimFailed);
  };

  const close = async (patienceMs: number): Promise<void> => {
    state = "closed";
    await look?.catch(() => undefined);
    await settledWithin(Promise.all(flying.values()), patienceMs);
  };

  return {
    open: () => {
      if (state === "closed") throw new Error("A stopped runner cannot be started again: make a new one.");
      state = "open";
    },
    kick,
    drain: () => drainWith({ ...options, lookOnce, looked: async () => look, flying, mayLook }),
    inFlight: () => [...flying.keys()],
    close,
  };
};
