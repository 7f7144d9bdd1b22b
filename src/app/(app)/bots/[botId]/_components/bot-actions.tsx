"use client";

import { useState } from "react";
import { BotCommandDialog, COMMAND_NAMES, type BotCommand } from "~/components/steering/bot-command-dialog";
import { LockPairDialog } from "~/components/steering/lock-pair-dialog";
import type { BotDetail } from "~/contracts/bot-detail";

/** What may be asked in each status; a button that has nothing to do stays where it is. */
const offered = ({ status, openPositions }: BotDetail): readonly (readonly [BotCommand, boolean])[] => {
  const isRunning = status === "running";
  const isStopped = status === "stopped";
  return [
    [isRunning ? "pause" : "resume", status !== "archived"],
    [
      isStopped || status === "archived" ? "archive" : "stop",
      status !== "archived" && !(isStopped && openPositions > 0),
    ],
    ["close-all", openPositions > 0],
    ["run-now", status === "running" || status === "paused"],
  ];
};

/** Buttons for what a bot can be told. Each says what it will do before it is done. */
export const BotActions = ({ bot }: { readonly bot: BotDetail }) => {
  const [isLocking, setLocking] = useState(false);
  const [asked, setAsked] = useState<BotCommand | null>(null);
  return (
    <>
      {offered(bot).map(([command, isPossible]) => (
        <button
          key={command}
          type="button"
          className="button min-w-20"
          disabled={!isPossible}
          onClick={() => setAsked(command)}
        >
          {COMMAND_NAMES[command]}
        </button>
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
