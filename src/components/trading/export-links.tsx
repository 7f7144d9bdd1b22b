"use client";

import { useState, type MouseEvent } from "react";
import type { ExportKind } from "~/contracts/export-query";
import { TRPCClientError } from "@trpc/client";
import { describeFailure } from "~/trpc/describe-failure";
import { useTRPCClient } from "~/trpc/react";
import { takeFile, type TakenFile } from "./take-file";

const FORMATS = [
  { format: "csv", name: "CSV" },
  { format: "json", name: "JSON" },
] as const;

type ExportLinksProps = {
  readonly kind: ExportKind;
  readonly botId: string;
  /** What the list beside it is filtered by. */
  readonly filters?: Readonly<Record<string, string | undefined>>;
};

const hrefOf = ({ kind, botId, filters = {} }: ExportLinksProps, format: string): string => {
  const parameters = new URLSearchParams({ bot: botId });
  for (const [name, value] of Object.entries(filters)) if (value !== undefined) parameters.set(name, value);
  parameters.set("format", format);
  return `/api/exports/${kind}?${parameters.toString()}`;
};

const SAVED_MS = 60_000;

/** Gives the browser a file that was taken, as if it had been sent there. */
const saveFile = ({ name, content }: TakenFile): void => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // Not every browser has begun to read it by now.
  setTimeout(() => URL.revokeObjectURL(link.href), SAVED_MS);
};

const wordsOf = (failure: unknown): string =>
  failure instanceof Error && !(failure instanceof TypeError) && !(failure instanceof TRPCClientError)
    ? failure.message
    : describeFailure(failure);

/** Takes a file only once its owner has given the password: the browser's own download could not ask for it. */
const useConfirmedDownload = () => {
  const client = useTRPCClient();
  const [isTaking, setTaking] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const download = async (event: MouseEvent<HTMLAnchorElement>): Promise<void> => {
    // Into another tab, as the person asked.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const { href } = event.currentTarget;
    if (isTaking) return;
    setError(null);
    setTaking(true);
    try {
      const confirm = () => client.account.isConfirmed.query();
      saveFile(await takeFile({ fetchFile: () => fetch(href), confirm }));
    } catch (failure) {
      setError(wordsOf(failure));
    }
    setTaking(false);
  };
  return { error, isTaking, onClick: (event: MouseEvent<HTMLAnchorElement>) => void download(event) };
};

/** Links to all that a list has, as a file. */
export const ExportLinks = (props: ExportLinksProps) => {
  const { error, isTaking, onClick } = useConfirmedDownload();
  return (
    <p className="flex flex-wrap items-center gap-x-3 text-sm text-muted">
      <span>Export {props.kind}</span>
      {FORMATS.map(({ format, name }) => (
        <a
          key={format}
          href={hrefOf(props, format)}
          onClick={onClick}
          aria-label={`Export ${props.kind} as ${name}`}
          className="link inline-flex min-h-6 items-center"
        >
          {name}
        </a>
      ))}
      <span role="status" className="empty:hidden">
        {isTaking && "Making the file…"}
      </span>
      {error !== null && (
        <span role="alert" className="text-loss">
          {error}
        </span>
      )}
    </p>
  );
};
