import { Check, CircleHelp, Minus, X } from "lucide-react";
import { describeCode } from "~/components/trading/describe-bot";
import { Cell, HeadCell, Row, RowHead, Table } from "~/components/ui/table";
import { describeCheck } from "~/trading/risk/describe-check";
import { describeCheckExactly } from "~/trading/risk/describe-check-exactly";
import { failedFirst, type RiskCheckView } from "./risk-check-view";

const LOOKS = {
  pass: { word: "pass", tone: "text-gain", Icon: Check },
  fail: { word: "fail", tone: "text-loss", Icon: X },
  unknown: { word: "unknown", tone: "text-warn", Icon: CircleHelp },
  exempt: { word: "exempt", tone: "text-muted", Icon: Minus },
} as const;

const CheckLine = ({ check }: { readonly check: RiskCheckView }) => {
  const { word, tone, Icon } = LOOKS[check.outcome];
  const isExempt = check.outcome === "exempt";
  const exempt = { measured: "not measured", limit: check.limit };
  const { measured, limit } = isExempt ? exempt : describeCheck(check);
  const exact = isExempt ? exempt : describeCheckExactly(check);
  return (
    <Row className={check.outcome === "fail" ? "bg-raised" : ""}>
      <RowHead>
        <span className="font-semibold">{describeCode(check.rule)}</span>
        <span className="block text-xs text-muted lg:hidden">{check.description}</span>
        {/* On a narrow screen the columns of both numbers are out of sight, so they are also here. */}
        <span className="figure block sm:hidden">
          {measured}, <span className="text-muted">limit {limit}</span>
        </span>
      </RowHead>
      <Cell className="hidden text-muted lg:table-cell">{check.description}</Cell>
      <Cell isNumber className="hidden whitespace-nowrap sm:table-cell">
        <span title={exact.measured}>{measured}</span>
      </Cell>
      <Cell isNumber className="hidden max-w-52 sm:table-cell">
        <span title={exact.limit}>{limit}</span>
      </Cell>
      <Cell>
        <span className={`inline-flex items-center gap-1 whitespace-nowrap ${tone}`}>
          <Icon size={14} aria-hidden="true" />
          {word}
        </span>
      </Cell>
    </Row>
  );
};

type ChecksTableProps = { readonly pair: string; readonly checks: readonly RiskCheckView[] };

/** Every rule with what it measured beside its limit, failed ones first. */
export const ChecksTable = ({ pair, checks }: ChecksTableProps) => (
  <Table caption={`Risk rules for ${pair}`} minWidth="sm:min-w-[42rem]">
    <thead>
      <tr>
        <HeadCell>Rule</HeadCell>
        <HeadCell className="hidden lg:table-cell">What it asks for</HeadCell>
        <HeadCell isNumber className="hidden sm:table-cell">
          Measured
        </HeadCell>
        <HeadCell isNumber className="hidden sm:table-cell">
          Limit
        </HeadCell>
        <HeadCell>Result</HeadCell>
      </tr>
    </thead>
    <tbody>
      {failedFirst(checks).map((check) => (
        <CheckLine key={check.rule} check={check} />
      ))}
    </tbody>
  </Table>
);
