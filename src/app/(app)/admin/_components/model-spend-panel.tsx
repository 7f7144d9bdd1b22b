import { formatAmount } from "~/components/format/format-amount";
import { formatDollars } from "~/components/format/format-dollars";
import { Panel } from "~/components/ui/panel";
import type { SystemSpend } from "~/contracts/model-account";

const countOf = (calls: number) => (
  <>
    <span className="figure">{formatAmount(String(calls), { digits: 0 })}</span>{" "}
    {calls === 1 ? "question" : "questions"}
  </>
);

const Dearest = ({ dearest }: Pick<SystemSpend, "dearest">) => (
  <>
    <h3 className="mt-3 text-sm font-semibold">Who spent the most today</h3>
    <ul className="mt-1 text-sm">
      {dearest.map(({ id, email, spent, calls }) => (
        <li key={id} className="flex flex-wrap justify-between gap-x-4 border-t border-line py-1.5 first:border-t-0">
          <span className="min-w-0 break-all">{email}</span>
          <span>
            <span className="figure">{formatDollars(spent)}</span>{" "}
            <span className="text-muted">for {countOf(calls)}</span>
          </span>
        </li>
      ))}
    </ul>
  </>
);

/** What all users together may spend on language models, what they spent today, and who most of it. */
export const ModelSpendPanel = ({ spend }: { readonly spend: SystemSpend }) => (
  <Panel
    title="Language models"
    note="US dollars a day (UTC, real time), as the environment sets them: MODEL_BUDGET_PER_DAY and MODEL_BUDGET_PER_USER."
  >
    <p className="text-sm">
      All users together today: <span className="figure font-semibold">{formatDollars(spend.spentToday)}</span> of{" "}
      <span className="figure">{formatDollars(spend.budgetPerDay)}</span> for {countOf(spend.callsToday)}. A user who
      has set no budget has <span className="figure">{formatDollars(spend.usualUserBudget)}</span>.
    </p>
    {spend.dearest.length > 0 && <Dearest dearest={spend.dearest} />}
  </Panel>
);
