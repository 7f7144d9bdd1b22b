const MANY = 10_000;

/** An object with a field of its own by this name, as JSON can bring it. */
const withField = (name: string, value: unknown): object =>
  Object.defineProperty({}, name, { value, enumerable: true, configurable: true, writable: true });

/** Ten thousand pairs, and as much text: each fills a request by itself. */
export const HUGE_VALUES: readonly unknown[] = [
  Array.from({ length: MANY }, (_, index) => `A${index}/USDT`),
  "a".repeat(MANY),
];

/** What nobody should send, wherever it stands. */
export const HOSTILE_VALUES: readonly unknown[] = [
  [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e308, -1e308, 5e-324],
  [0, -0, -1, 1.5, 0.1 + 0.2, 2 ** 31, 2 ** 53, 2 ** 63],
  ["NaN", "Infinity", "1e308", "1e999", "-1", "0", "00", "0.0", "9".repeat(400), `0.${"0".repeat(30)}1`],
  ["__proto__", "constructor", "toString", "null", "undefined", "true"],
  ["\0", "BTC\0/USDT", "\ud800", "\u202e", "\n", "", " ", "\u{1f680}".repeat(70)],
  ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "=cmd|' /C calc'!A0", "{{7*7}}", "../../etc/passwd"],
  ["'; DROP TABLE bots; --", "1 OR 1=1", "%", "_", "$1", "00000000-0000-0000-0000-000000000000"],
  ["2024-01-01", "2024-02-30T00:00:00.000Z", "+275760-09-13T00:00:00.000Z", "-000001-01-01T00:00:00.000Z"],
  [null, undefined, true, false],
  [[], [null], [[[]]], {}, { length: 1 }, withField("then", 1)],
  [withField("__proto__", { role: "admin" }), withField("constructor", { prototype: { role: "admin" } })],
].flat();

/** A cursor that a list gave, changed in every way that a caller can think of. */
export const tamperedCursors = (cursor: string, foreignId: string): string[] => {
  const parts = JSON.parse(Buffer.from(cursor, "base64url").toString()) as unknown[];
  const changed = parts.flatMap((_, index) =>
    [null, "", "__proto__", "\0", "1e999", -1, foreignId, []].map((value) => parts.with(index, value)),
  );
  const written = [...changed, parts.slice(1), [...parts, 1], {}, null].map((each) =>
    Buffer.from(JSON.stringify(each)).toString("base64url"),
  );
  return [...written, cursor.slice(1), `${cursor}A`, cursor.toUpperCase(), "A".repeat(600), "A".repeat(601)];
};
