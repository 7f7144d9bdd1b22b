import pg from "pg";
import { createSubscriptions, type Subscriptions } from "./create-subscriptions";

const RECONNECT_MS = 500;
const CONNECT_MS_MAX = 10_000;

export type LiveSignalsOptions = {
  /** A connection that keeps its session: a pooler in transaction mode loses LISTEN. */
  readonly url: string;
  /** The channel whose payload is the topic. */
  readonly channel: string;
  readonly onLost?: (error: Error) => void;
};

type Signals = Pick<Subscriptions, "subscribe"> & { close(): Promise<void> };

/**
 * One LISTEN for all subscribers of this process, held while there is one. After a lost connection it reconnects and
 * wakes every subscriber, since notifications in between were lost.
 */
export const createLiveSignals = ({ url, channel, onLost = () => undefined }: LiveSignalsOptions): Signals => {
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | undefined;

  const drop = async (): Promise<void> => {
    clearTimeout(timer);
    const dropped = client;
    client = null;
    await dropped?.end().catch(() => undefined);
  };
  const subscriptions = createSubscriptions(() => {
    if (subscriptions.size() === 0) void drop();
  });

  const lose = (lost: pg.Client, error: Error): void => {
    if (lost !== client) return; // `error` and `end` both come for one loss
    client = null;
    onLost(error);
    lost.end().catch(() => undefined);
    timer = setTimeout(listen, RECONNECT_MS);
  };

  const listen = (): void => {
    if (client || subscriptions.size() === 0) return;
    const opened = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: CONNECT_MS_MAX });
    client = opened;
    opened.on("error", (error) => lose(opened, error));
    opened.on("end", () => lose(opened, new Error("The listening connection ended.")));
    opened.on("notification", ({ payload }) => subscriptions.wake(payload ?? ""));
    opened
      .connect()
      .then(() => opened.query(`LISTEN ${pg.escapeIdentifier(channel)}`))
      .then(subscriptions.wakeAll)
      .catch((error: Error) => lose(opened, error));
  };

  return {
    subscribe: (topic) => {
      const subscription = subscriptions.subscribe(topic);
      listen();
      return subscription;
    },
    close: drop,
  };
};
