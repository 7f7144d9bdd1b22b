import type { Citation } from "./answer";
import type { Fact } from "./fact";

/** A number may be cited so far from what was shown, as a share of it: with three of its digits, and no fewer. */
export const CITED_TOLERANCE = 0.005;

/** What code found of one citation. `shown`: what the model was told; absent: nothing of that path. */
export type CheckedCitation = Citation & {
  readonly verdict: "grounded" | "unknown-path" | "missing-value" | "quoted" | "differs";
  readonly shown: number | string | null;
};

const isNear = (cited: number, shown: number): boolean => Math.abs(cited - shown) <= Math.abs(shown) * CITED_TOLERANCE;

const agrees = (cited: Citation["value"], shown: number | string): boolean => {
  if (typeof shown === "string") return typeof cited === "string" && cited.trim().toLowerCase() === shown;
  // A number in quotes is a number all the same; nothing else in quotes is.
  const number = typeof cited === "string" && /^-?\d+(\.\d+)?$/.test(cited.trim()) ? Number(cited) : cited;
  return typeof number === "number" && isNear(number, shown);
};

/** Compares what an answer cites with what its model was told. */
export const checkCitations = (cited: readonly Citation[], facts: readonly Fact[]): CheckedCitation[] => {
  const byPath = new Map(facts.map((fact) => [fact.path, fact]));
  return cited.map((citation) => {
    const fact = byPath.get(citation.path);
    if (fact === undefined) return { ...citation, verdict: "unknown-path", shown: null };
    const { value: shown, unit } = fact;
    // What others say is no ground, however it is cited.
    if (unit === "quote") return { ...citation, verdict: "quoted", shown };
    if (shown === null) return { ...citation, verdict: "missing-value", shown: null };
    return { ...citation, verdict: agrees(citation.value, shown) ? "grounded" : "differs", shown };
  });
};
