"use client";

import Link from "next/link";
import { useBotForm } from "~/components/bot-form/form-context";
import { Panel } from "~/components/ui/panel";
import type { EditableBot, KeptPosition } from "~/contracts/edit-bot";

type Settings = Readonly<Record<string, unknown>>;

const mayAdd = ({ risk }: Settings): boolean =>
  typeof risk === "object" && risk !== null && "pyramidingMarginMax" in risk && Number(risk.pyramidingMarginMax) > 0;

/** What a position goes on with, whatever is saved. */
const describeKept = ({ pair }: KeptPosition, settings: Settings): string => {
  const { pairs } = settings;
  if (Array.isArray(pairs) && !pairs.includes(pair)) {
    return "Its pair is not among these settings: nothing more is entered, and it is looked after until it has closed.";
  }
  return mayAdd(settings)
    ? "The bot may add to it once while it is in profit, and enters nothing else there until it has closed."
    : "The bot enters nothing more there until it has closed.";
};

/** What saving does not change: positions keep the exits of the version that opened them. */
export const KeptPositions = ({ bot }: { readonly bot: EditableBot }) => {
  const { draft } = useBotForm();
  if (bot.positions.length === 0) return null;
  return (
    <Panel
      title="Open positions"
      note="Each keeps its stop, its target and its further exits, and is closed by the rules of the version that opened it, also where its pair or mode is taken away here."
    >
      <p className="mb-2 text-sm text-muted">
        To have them follow what you save, use &ldquo;Apply new exits&rdquo; on the page of its settings afterwards.
      </p>
      <ul className="text-sm">
        {bot.positions.map((position) => (
          <li key={position.id} className="border-t border-line py-1.5 first:border-t-0">
            <Link href={`/positions/${position.id}`} className="link inline-flex min-h-6 items-center">
              {position.pair} {position.side}
            </Link>
            , opened by version {position.version}.{" "}
            <span className="text-muted">{describeKept(position, draft.settings)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
};
