import { Check, CircleHelp, Minus, X } from "lucide-react";
import { ForeignWords } from "~/components/foreign/foreign-text";
import { Cell, HeadCell, Row, RowHead, Table } from "~/components/ui/table";
import type { CitationView } from "~/contracts/model-view";
import { VERDICT_WORDS } from "./call-words";

const LOOKS = {
  grounded: { tone: "text-gain", Icon: Check },
  differs: { tone: "text-loss", Icon: X },
  "unknown-path": { tone: "text-warn", Icon: CircleHelp },
  "missing-value": { tone: "text-warn", Icon: Minus },
  quoted: { tone: "text-loss", Icon: X },
} as const;

const Verdict = ({ verdict }: Pick<CitationView, "verdict">) => {
  const { tone, Icon } = LOOKS[verdict];
  return (
    <span className={`inline-flex items-center gap-1 ${tone}`}>
      <Icon size={14} aria-hidden="true" className="shrink-0" />
      {VERDICT_WORDS[verdict]}
    </span>
  );
};

const WORD_MAX = 60;

/** It is of ours, but may hold a quotation. */
const Told = ({ citation: { told, verdict } }: { readonly citation: CitationView }) =>
  told === null ? (
    <span className="text-muted">{verdict === "missing-value" ? "missing" : "nothing"}</span>
  ) : (
    <ForeignWords text={told} most={WORD_MAX} />
  );

const Line = ({ citation }: { readonly citation: CitationView }) => {
  const { path, label, cited, verdict } = citation;
  return (
    <Row className={verdict === "grounded" ? "" : "bg-raised"}>
      <RowHead>
        <span className="font-semibold">{label ?? "not told"}</span>
        <span className="block font-mono text-xs break-all text-muted">
          <ForeignWords text={path} most={100} />
        </span>
        {/* On a narrow screen the columns of both values are out of sight, so they are also here. */}
        <span className="figure block sm:hidden">
          cited <ForeignWords text={cited} most={WORD_MAX} />,{" "}
          <span className="text-muted">
            told <Told citation={citation} />
          </span>
        </span>
      </RowHead>
      <Cell isNumber className="hidden sm:table-cell">
        <ForeignWords text={cited} most={WORD_MAX} />
      </Cell>
      <Cell isNumber className="hidden sm:table-cell">
        <Told citation={citation} />
      </Cell>
      <Cell>
        <Verdict verdict={verdict} />
      </Cell>
    </Row>
  );
};

type CitationsTableProps = { readonly pair: string; readonly citations: readonly CitationView[] };

/** Each number that an answer relies on, as it cites it and as the model was told it. */
export const CitationsTable = ({ pair, citations }: CitationsTableProps) => (
  <Table caption={`What the answer about ${pair} cites`} minWidth="min-w-0">
    <thead>
      <tr>
        <HeadCell>Evidence</HeadCell>
        <HeadCell isNumber className="hidden sm:table-cell">
          Cited
        </HeadCell>
        <HeadCell isNumber className="hidden sm:table-cell">
          Told
        </HeadCell>
        <HeadCell>Check</HeadCell>
      </tr>
    </thead>
    <tbody>
      {citations.map((citation, index) => (
        // One path may be cited twice, and their order does not change.
        // oxlint-disable-next-line react/no-array-index-key
        <Line key={index} citation={citation} />
      ))}
    </tbody>
  </Table>
);
