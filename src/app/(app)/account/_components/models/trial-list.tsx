import { ForeignWords } from "~/components/foreign/foreign-text";
import { formatDollars } from "~/components/format/format-dollars";
import { formatUtc } from "~/components/format/format-time";
import { Badge } from "~/components/ui/badge";
import type { ModelAccount } from "~/contracts/model-account";

const NAME_MAX = 100;

/** What came of the last tests of keys, and what each cost. */
export const TrialList = ({ trials }: Pick<ModelAccount, "trials">) => (
  <div className="border-t border-line px-4 py-3">
    <h3 className="text-sm font-semibold">Last tests</h3>
    <ul className="mt-1 text-sm">
      {trials.map(({ id, title, model, askedAt, isPassed, text, cost }) => (
        <li key={id} className="border-t border-line py-1.5 first:border-t-0">
          <p className="flex flex-wrap items-center gap-x-2">
            <span className="figure whitespace-nowrap text-muted">{formatUtc(askedAt)} UTC</span>
            <span className="min-w-0 [overflow-wrap:anywhere]">
              <ForeignWords text={model} most={NAME_MAX} /> of {title}
            </span>
            <Badge tone={isPassed ? "gain" : "loss"}>{isPassed ? "Can be used" : "Cannot be used"}</Badge>
          </p>
          <p className="text-muted">
            <ForeignWords text={text} /> {cost === null ? "Nothing was paid." : `It cost ${formatDollars(cost)}.`}
          </p>
        </li>
      ))}
    </ul>
  </div>
);
