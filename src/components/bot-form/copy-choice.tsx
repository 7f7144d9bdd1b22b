"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "~/trpc/react";
import { useBotForm } from "./form-context";

const BOT = "bot:";
const NAME_MAX = 60;

const startOfCopy = (botId: string): string => `${BOT}${botId}`;
/** The bot whose copy a start is; null: it is a preset. */
export const copiedBotOf = (start: string): string | null => (start.startsWith(BOT) ? start.slice(BOT.length) : null);

type CopyChoiceProps = {
  readonly chosen: string;
  /** What the chosen bot is called; empty: unknown. */
  readonly title: string;
  readonly onStart: (start: string) => void;
};

/** The bots to choose from: the newest, and of more than these those that a search finds on the server. */
const useCopies = () => {
  const trpc = useTRPC();
  const { choices } = useBotForm();
  const [text, setText] = useState("");
  const searched = text.trim();
  const { data: copies = choices.copies } = useQuery({
    ...trpc.bots.copies.queryOptions({ text: searched }),
    enabled: searched !== "",
    placeholderData: keepPreviousData,
  });
  return { text, setText, shown: searched === "" ? choices.copies : copies, newest: choices.copies };
};

const describeFound = (count: number, hasMore: boolean): string => {
  if (count === 0) return "No bot of yours is called so.";
  if (hasMore) return `The newest ${count} are in the list: search for more of the name.`;
  return count === 1 ? "1 bot is called so." : `${count} bots are called so.`;
};

/** Begins with the settings of one of the trader's own bots. */
export const CopyChoice = ({ chosen, title, onStart }: CopyChoiceProps) => {
  const { text, setText, shown, newest } = useCopies();
  if (newest.bots.length === 0) return null;
  const copied = copiedBotOf(chosen);
  const isListed = copied === null || shown.bots.some(({ id }) => id === copied);
  return (
    <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
      <label className="flex flex-wrap items-center gap-2">
        <span className="font-semibold">Or copy a bot of yours</span>
        <select
          className="field max-w-64"
          value={copied === null ? "" : chosen}
          onChange={({ target }) => target.value !== "" && onStart(target.value)}
        >
          <option value="">None</option>
          {!isListed && <option value={chosen}>{title === "" ? "The chosen one" : title}</option>}
          {shown.bots.map(({ id, name }) => (
            <option key={id} value={startOfCopy(id)}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {newest.hasMore && (
        <label className="flex flex-wrap items-center gap-2">
          <span className="text-muted">Find it by name</span>
          <input
            type="search"
            className="field max-w-48"
            maxLength={NAME_MAX}
            value={text}
            onChange={({ target }) => setText(target.value)}
            // Enter would send the form.
            onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
          />
        </label>
      )}
      <p role="status" className="text-muted empty:hidden">
        {text.trim() !== "" && describeFound(shown.bots.length, shown.hasMore)}
      </p>
    </div>
  );
};
