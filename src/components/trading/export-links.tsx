import type { ExportKind } from "~/contracts/export-query";

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

/** Links to all that a list has, as a file. */
export const ExportLinks = (props: ExportLinksProps) => (
  <p className="flex items-center gap-x-3 text-sm text-muted">
    <span>Export {props.kind}</span>
    {FORMATS.map(({ format, name }) => (
      <a
        key={format}
        href={hrefOf(props, format)}
        aria-label={`Export ${props.kind} as ${name}`}
        className="link inline-flex min-h-6 items-center"
      >
        {name}
      </a>
    ))}
  </p>
);
