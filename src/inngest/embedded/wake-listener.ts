import type { Pool, PoolClient } from "pg";

const RECONNECT_MS = 500;

export type WakeListener = { stop(): void };

export type WakeListenerOptions = {
  readonly pool: Pool;
  /** Called for each NOTIFY and once after each (re)connection, because notifications in between are lost. */
  readonly onWake: () => void;
  readonly onLost: (error: unknown) => void;
};

const ignore = (): void => undefined;

/** Holds one connection of the pool that listens on the channel `runner`; connects again after a loss. */
export const startWakeListener = ({ pool, onWake, onLost }: WakeListenerOptions): WakeListener => {
  let stopped = false;
  let current: PoolClient | undefined;
  let timer: NodeJS.Timeout | undefined;

  const lose = (client: PoolClient | undefined, error: unknown): void => {
    if (client && client !== current) return; // `error` and `end` both come for one loss
    current = undefined;
    client?.removeListener("notification", onWake);
    client?.release(true);
    if (stopped) return;
    onLost(error);
    timer = setTimeout(connect, RECONNECT_MS);
  };

  const listen = async (): Promise<void> => {
    const client = await pool.connect();
    current = client;
    client.on("error", (error) => lose(client, error));
    client.on("end", () => lose(client, new Error("The listening connection ended.")));
    client.on("notification", onWake);
    try {
      await client.query("listen runner");
    } catch (error) {
      return lose(client, error);
    }
    if (stopped) lose(client, undefined);
    else onWake();
  };

  const connect = (): void => {
    listen().catch((error: unknown) => lose(undefined, error));
  };

  connect();
  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      const client = current;
      if (!client) return;
      client.query("unlisten runner").then(ignore, ignore);
      lose(client, undefined);
    },
  };
};
