import { describeCode } from "~/components/trading/describe-bot";
import { SideWord } from "~/components/trading/side-word";
import { Exact } from "~/components/ui/amount";
import { FoldMark } from "~/components/ui/fold-mark";
import { ChecksTable } from "./checks-table";
import { Fact, Facts } from "./facts";
import { GateBadge } from "./gate-badge";
import type { JudgedDecision, RiskCheckView, VerdictView } from "./risk-check-view";
import { anchorOf } from "./sort-decisions";

const countOf = (verdict: VerdictView, outcome: RiskCheckView["outcome"]): number =>
  verdict.checks.filter((check) => check.outcome === outcome).length;

const tally = (verdict: VerdictView): string => {
  if (verdict.checks.length === 0) return "no rule was measured";
  const [failed, unknown] = [countOf(verdict, "fail"), countOf(verdict, "unknown")];
  const exempt = countOf(verdict, "exempt");
  const parts = [
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(unknown > 0 ? [`${unknown} unknown`] : []),
    `${countOf(verdict, "pass")} passed`,
    ...(exempt > 0 ? [`exempt from ${exempt}`] : []),
  ];
  return `${verdict.checks.length} rules: ${parts.join(", ")}`;
};

/** Why it was refused or made smaller, and what would have let it pass. */
const Findings = ({ verdict }: { readonly verdict: VerdictView }) => {
  const { rule, checks, reason, nearestChange, quantity, size, others } = verdict;
  const refusing = checks.find((check) => check.rule === rule && check.outcome === "fail");
  return (
    <div className="px-4 pb-3">
      <Facts>
        <Fact name="Reason">{reason}</Fact>
        {refusing && <Fact name={`Rule: ${describeCode(refusing.rule)}`}>{refusing.description}</Fact>}
        {nearestChange !== null && <Fact name="What would let it pass">{nearestChange}</Fact>}
        {size !== null && <Fact name="Size">{size}</Fact>}
        {others !== null && <Fact name="Other bots">{others}</Fact>}
        {quantity !== null && (
          <Fact name="Approved quantity">
            <Exact value={quantity} />
          </Fact>
        )}
      </Facts>
    </div>
  );
};

type VerdictCardProps = { readonly decision: JudgedDecision; readonly isOpen: boolean };

/** The gate's verdict on one wish: closed, a line with what it said; open, every rule. */
export const VerdictCard = ({ decision: { pair, action, side, verdict }, isOpen }: VerdictCardProps) => (
  <details id={anchorOf("risk", pair)} open={isOpen} className="group scroll-mt-4 border-t border-line">
    <summary className="flex items-center gap-3 px-4 py-3 hover:bg-raised/60">
      <FoldMark />
      <span className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
        <strong className="text-sm font-semibold">
          {pair}, {action} {side !== null && <SideWord side={side} />}
        </strong>
        <GateBadge verdict={verdict} />
        <span className="text-sm text-muted">{tally(verdict)}</span>
      </span>
    </summary>
    <Findings verdict={verdict} />
    {verdict.checks.length > 0 && <ChecksTable pair={pair} checks={verdict.checks} />}
  </details>
);
