import { expect, it } from "vitest";
import { isNeverConnected } from "./is-never-connected";

const failure = (facts: object, message = "it failed"): Error => Object.assign(new Error(message), facts);
/** As fetch wraps it. */
const fetchFailed = (cause: unknown): Error => new TypeError("fetch failed", { cause });

it.each<[what: string, unknown]>([
  ["a refused connection", failure({ code: "ECONNREFUSED", syscall: "connect" })],
  ["a connection that timed out", failure({ code: "ETIMEDOUT", syscall: "connect" })],
  ["a network that is unreachable", failure({ code: "ENETUNREACH", syscall: "connect" })],
  ["a name that nobody has", failure({ code: "ENOTFOUND", syscall: "getaddrinfo" })],
  ["a connection that undici gave up", failure({ code: "UND_ERR_CONNECT_TIMEOUT" })],
  ["a certificate of nobody", failure({ code: "DEPTH_ZERO_SELF_SIGNED_CERT" })],
  ["a server without TLS", failure({ code: "ERR_SSL_WRONG_VERSION_NUMBER" })],
  ["a certificate that has expired", failure({ code: "CERT_HAS_EXPIRED" })],
  ["a certificate of another", failure({ code: "ERR_TLS_CERT_ALTNAME_INVALID" })],
  [
    "several addresses that refuse",
    new AggregateError([failure({ syscall: "connect" }), failure({ syscall: "connect" })]),
  ],
  ["a port that fetch refuses", failure({}, "bad port")],
])("%s is never connected", (_what, error) => {
  expect(isNeverConnected(error)).toBe(true);
  expect(isNeverConnected(fetchFailed(error))).toBe(true);
});

it.each<[what: string, unknown]>([
  ["a reset", failure({ code: "ECONNRESET", syscall: "read" })],
  ["a pipe that broke amid the request", failure({ code: "EPIPE", syscall: "write" })],
  ["a socket that the other side closed", failure({ code: "UND_ERR_SOCKET" })],
  ["headers that did not come", failure({ code: "UND_ERR_HEADERS_TIMEOUT" })],
  ["a time-out while reading", failure({ code: "ETIMEDOUT", syscall: "read" })],
  ["an abort", new DOMException("aborted", "AbortError")],
  [
    "several addresses of which one took it",
    new AggregateError([failure({ syscall: "connect" }), failure({ syscall: "read" })]),
  ],
  ["something that nobody knows", failure({})],
  ["no error at all", "connect ECONNREFUSED"],
])("%s may have been sent", (_what, error) => {
  expect(isNeverConnected(error)).toBe(false);
  expect(isNeverConnected(fetchFailed(error))).toBe(false);
});
