import { formatScore } from "~/components/format/format-score";
import { SideWord } from "~/components/trading/side-word";
import { Cell, HeadCell, Row, RowHead, Table } from "~/components/ui/table";
import type { Evidence } from "~/trading/decision/basis/decision";
import type { PositionSide } from "~/trading/portfolio/position-side";
import { categoryWords, conditionName, describeReadingInFull, describeReading, type Telling } from "./describe-reading";
import { groupEvidence, sumAdded, type EvidenceGroup } from "./group-evidence";
import { MetWord } from "./met-word";

const isAgainst = ({ category, weight }: Evidence): boolean => category === "exit" || weight < 0;

type LineProps = { readonly line: Evidence; readonly telling: Telling };

const Line = ({ line, telling }: LineProps) => (
  <Row>
    <RowHead>
      {conditionName(line.condition, telling)}
      <span className="figure block text-xs text-muted">
        <span title={describeReadingInFull(line, telling)}>{describeReading(line, telling)}</span>
        {line.category === "adjustment" && <span className="sm:hidden">, counts {formatScore(line.weight, true)}</span>}
      </span>
    </RowHead>
    <Cell>
      <MetWord met={line.met} isAgainst={isAgainst(line)} />
    </Cell>
    <Cell isNumber className="hidden text-muted sm:table-cell">
      {line.category === "exit" ? "" : formatScore(line.weight)}
    </Cell>
    <Cell isNumber className={line.contribution === 0 ? "text-muted" : "font-semibold"}>
      {line.category === "exit" ? "" : formatScore(line.contribution, true)}
    </Cell>
  </Row>
);

type GroupProps = { readonly group: EvidenceGroup; readonly telling: Telling };

const Group = ({ group: { category, lines, added, weight }, telling }: GroupProps) => {
  const { name, note } = categoryWords(category, telling);
  const counts = note ?? (weight === null ? null : `counts ${formatScore(weight)} once`);
  return (
    <tbody>
      <tr>
        <th
          scope="rowgroup"
          colSpan={3}
          className="border-y border-line px-3 py-1.5 text-left font-semibold first:pl-4"
        >
          {name}
          {counts !== null && <span className="font-normal text-muted"> {counts}</span>}
        </th>
        <td className="figure border-y border-line px-3 py-1.5 text-right font-semibold last:pr-4">
          {category === "exit" ? "" : formatScore(added, true)}
        </td>
      </tr>
      {lines.map((line) => (
        <Line key={line.condition} line={line} telling={telling} />
      ))}
    </tbody>
  );
};

type EvidenceTableProps = {
  readonly pair: string;
  readonly side: PositionSide;
  readonly evidence: readonly Evidence[];
  readonly score: number | null;
  readonly telling: Telling;
};

/** A side's conditions by category with what each added: the last line is their sum, the side's score. */
export const EvidenceTable = ({ pair, side, evidence, score, telling }: EvidenceTableProps) => {
  const sum = sumAdded(evidence);
  return (
    <div className="min-w-0 rounded-md border border-line">
      <h3 className="px-4 py-2 text-sm font-semibold">
        <SideWord side={side} /> <span className="figure text-muted">score {formatScore(score)}</span>
      </h3>
      <Table caption={`Conditions of ${pair} for ${side}`} minWidth="min-w-0">
        <thead>
          <tr>
            <HeadCell>Condition and reading</HeadCell>
            <HeadCell>State</HeadCell>
            <HeadCell isNumber className="hidden sm:table-cell">
              Weight
            </HeadCell>
            <HeadCell isNumber>Adds</HeadCell>
          </tr>
        </thead>
        {groupEvidence(evidence).map((group) => (
          <Group key={group.category} group={group} telling={telling} />
        ))}
        <tfoot>
          <tr>
            <th
              scope="row"
              colSpan={3}
              className="border-t border-line-strong px-3 py-2 text-left font-semibold first:pl-4"
            >
              Sum = score
              {score !== null && sum !== score && (
                <span className="font-normal text-muted"> (kept between 0 and 1: {formatScore(score)})</span>
              )}
            </th>
            <td className="figure border-t border-line-strong px-3 py-2 text-right font-semibold last:pr-4">
              {formatScore(sum)}
            </td>
          </tr>
        </tfoot>
      </Table>
    </div>
  );
};
