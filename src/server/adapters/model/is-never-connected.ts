/** Calls that come before a connection stands. */
const BEFORE_CONNECTION = new Set(["connect", "getaddrinfo", "queryA", "queryAaaa"]);
const CONNECT_CODES = /^(?:UND_ERR_CONNECT_TIMEOUT|ECONNREFUSED|ENOTFOUND|EAI_\w+)$/;
/** The other side does not speak TLS, or shows a certificate that is not accepted: nothing was said to it. */
const HANDSHAKE_CODES =
  /^(?:ERR_SSL_WRONG_VERSION_NUMBER|CERT_\w+|\w+_CERT\w*|DEPTH_ZERO_\w+|UNABLE_TO_\w+|ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/;

/** fetch refuses some ports itself. */
const REFUSED_BY_FETCH = "bad port";

const textOf = (error: Error, name: "code" | "syscall"): string => {
  const value: unknown = name in error ? (error as unknown as Record<string, unknown>)[name] : undefined;
  return typeof value === "string" ? value : "";
};

/** Whether a failure of fetch came before the request could be sent. In doubt it did not. */
export const isNeverConnected = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  // A host of several addresses fails with one error for each.
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.every(isNeverConnected);
  const code = textOf(error, "code");
  const isBefore =
    BEFORE_CONNECTION.has(textOf(error, "syscall")) || CONNECT_CODES.test(code) || HANDSHAKE_CODES.test(code);
  return isBefore || error.message === REFUSED_BY_FETCH || isNeverConnected(error.cause);
};
