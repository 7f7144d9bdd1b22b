const BEAT_EVERY_MS = 1000;

/**
 * Tells the start command each second that this process's event loop runs, over the channel that it was started with
 * and not through the database, which may be what hangs. Does nothing without a listener.
 */
export const beatToParent = () => {
  if (process.send === undefined) return;
  process.channel?.unref();
  setInterval(() => {
    // A start command that is gone ends us by our input.
    if (process.connected) process.send?.("beat", undefined, undefined, () => undefined);
  }, BEAT_EVERY_MS).unref();
};
