import type { ReactNode } from "react";

const TONES = {
  neutral: "border-line-strong text-ink",
  gain: "border-gain text-gain",
  loss: "border-loss text-loss",
  warn: "border-warn text-warn",
  accent: "border-accent text-accent",
  demo: "border-demo bg-demo-fill text-demo",
  paper: "border-paper bg-paper-fill text-paper",
  live: "border-live bg-live-fill text-live",
} as const;
export type Tone = keyof typeof TONES;

/** A state in a word or two; the word says it, the colour only repeats it. */
export const Badge = ({ tone = "neutral", children }: { readonly tone?: Tone; readonly children: ReactNode }) => (
  <span
    className={`inline-flex items-center gap-1 rounded-sm border px-1.5 text-xs font-semibold whitespace-nowrap ${TONES[tone]}`}
  >
    {children}
  </span>
);
