"use client";

import { useId, useState } from "react";
import { BotCommandDialog, COMMAND_NAMES, type BotCommand } from "~/components/steering/bot-command-dialog";
import { LockPairDialog } from "~/components/steering/lock-pair-dialog";
import type { BotDetail } from "~/contracts/bot-detail";
import { whyNot } from "./why-not";

/** What may be asked in each status; a button that has nothing to do stays where it is. */
const commandsOf = ({ status }: BotDetail): readonly BotCommand[] => [
  status === "running" ? "pause" : "resume",
  status === "stopped" || status === "archived" ? "archive" : "stop",
  "close-all",
  "run-now",
];

type CommandButtonProps = { readonly command: BotCommand; readonly bot: BotDetail; readonly onAsk: () => void };

/** A button that cannot be used now says why to a pointer, and to whom it is read. */
const CommandButton = ({ command, bot, onAsk }: CommandButtonProps) => {
  const id = useId();
  const reason = whyNot(command, bot);
  return (
    <>
      <button
        type="button"
        className="button min-w-20"
        disabled={reason !== null}
        title={reason ?? undefined}
        aria-describedby={reason === null ? undefined : id}
        onClick={onAsk}
      >
        {COMMAND_NAMES[command]}
      </button>
      {reason !== null && (
        <span id={id} hidden>
          {reason}
        </span>
      )}
    </>
  );
};

/** Buttons for what a bot can be told. Each says what it will do before it is done. */
export const BotActions = ({ bot }: { readonly bot: BotDetail }) => {
  const [isLocking, setLocking] = useState(false);
  const [asked, setAsked] = useState<BotCommand | null>(null);
  return (
    <>
      {commandsOf(bot).map((command) => (
        <CommandButton key={command} command={command} bot={bot} onAsk={() => setAsked(command)} />
      ))}
      <button
        type="button"
        className="button min-w-20"
        disabled={bot.status === "archived"}
        onClick={() => setLocking(true)}
      >
        Lock a pair
      </button>
      {isLocking && <LockPairDialog bot={bot} onClose={() => setLocking(false)} />}
      {asked !== null && <BotCommandDialog bot={bot} command={asked} onClose={() => setAsked(null)} />}
    </>
  );
};
