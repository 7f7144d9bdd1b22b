import { Check, CircleHelp, X } from "lucide-react";

const LOOKS = {
  met: { word: "met", tone: "text-gain", Icon: Check },
  unmet: { word: "not met", tone: "text-muted", Icon: X },
  unknown: { word: "unknown", tone: "text-warn", Icon: CircleHelp },
} as const;

type MetWordProps = {
  readonly met: boolean | null;
  /** The condition speaks against the side when it is met. */
  readonly isAgainst: boolean;
};

/** Whether a condition was met: by icon, word and colour. */
export const MetWord = ({ met, isAgainst }: MetWordProps) => {
  const { word, tone, Icon } = LOOKS[met === null ? "unknown" : met ? "met" : "unmet"];
  return (
    <span className={`inline-flex items-center gap-1 whitespace-nowrap ${met && isAgainst ? "text-loss" : tone}`}>
      <Icon size={14} aria-hidden="true" />
      {word}
    </span>
  );
};
