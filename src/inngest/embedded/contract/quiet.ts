const ignore = (): void => undefined;
const silentLogger = { debug: ignore, info: ignore, warn: ignore, error: ignore };

/** Client options for tests whose functions fail on purpose: the SDK would print each failure. */
export const QUIET = { logger: silentLogger, internalLogger: silentLogger } as const;
