"use client";

import { useState, type MouseEvent } from "react";
import type { ExportKind } from "~/contracts/export-query";
import { describeFailure } from "~/trpc/describe-failure";
import { useTRPCClient } from "~/trpc/react";

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

/** Takes a file only once its owner has given the password: the browser's own download could not ask for it. */
const useConfirmedDownload = () => {
  const client = useTRPCClient();
  const [error, setError] = useState<string | null>(null);
  const download = async (event: MouseEvent<HTMLAnchorElement>): Promise<void> => {
    // Into another tab, as the person asked.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const { href } = event.currentTarget;
    setError(null);
    try {
      await client.account.isConfirmed.query();
      window.location.assign(href);
    } catch (failure) {
      setError(describeFailure(failure));
    }
  };
  return { error, onClick: (event: MouseEvent<HTMLAnchorElement>) => void download(event) };
};

/** Links to all that a list has, as a file. */
export const ExportLinks = (props: ExportLinksProps) => {
  const { error, onClick } = useConfirmedDownload();
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
      {error !== null && (
        <span role="alert" className="text-loss">
          {error}
        </span>
      )}
    </p>
  );
};
