import { formatAmount } from "~/components/format/format-amount";
import { formatDollars } from "~/components/format/format-dollars";
import { Panel } from "~/components/ui/panel";
import type { SystemSpend } from "~/contracts/model-account";

/** What all users together may spend on language models, and spent today. */
export const ModelSpendPanel = ({ spend }: { readonly spend: SystemSpend }) => (
  <Panel
    title="Language models"
    note="US dollars a day (UTC, real time), as the environment sets them: MODEL_BUDGET_PER_DAY and MODEL_BUDGET_PER_USER."
  >
    <p className="text-sm">
      All users together today: <span className="figure font-semibold">{formatDollars(spend.spentToday)}</span> of{" "}
      <span className="figure">{formatDollars(spend.budgetPerDay)}</span> for{" "}
      <span className="figure">{formatAmount(String(spend.callsToday), { digits: 0 })}</span>{" "}
      {spend.callsToday === 1 ? "question" : "questions"}. A user who has set no budget has{" "}
      <span className="figure">{formatDollars(spend.usualUserBudget)}</span>.
    </p>
  </Panel>
);
