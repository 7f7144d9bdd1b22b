import type { AllotmentView } from "~/contracts/allotment";
import { Amount } from "../ui/amount";
import { describeKept } from "./preview-allotment";

const Fact = ({ name, children }: { readonly name: string; readonly children: React.ReactNode }) => (
  <div className="flex justify-between gap-4 border-t border-line py-1.5">
    <dt className="text-muted">{name}</dt>
    <dd className="text-right">{children}</dd>
  </div>
);

/** What a bot is allotted, and what can be moved of it and why not more. */
export const AllotmentFacts = ({ view }: { readonly view: AllotmentView }) => {
  const { currency, accountName, allotment, equity, free, returnable } = view;
  const kept = describeKept(view);
  return (
    <div>
      <dl>
        <Fact name="Allotted now">
          <Amount value={allotment} currency={currency} />
        </Fact>
        <Fact name="Equity, at the last marks">
          <Amount value={equity} currency={currency} />
        </Fact>
        <Fact name={`Free in ${accountName}`}>
          <Amount value={free} currency={currency} />
        </Fact>
        <Fact name="Can be taken back">
          <Amount value={returnable.most} currency={currency} />
        </Fact>
      </dl>
      {kept !== null && <p className="text-muted">{kept}</p>}
    </div>
  );
};
