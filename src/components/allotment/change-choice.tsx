import type { AllotmentChange } from "~/contracts/allotment";

const CHOICES: readonly (readonly [AllotmentChange, string])[] = [
  ["give", "Give it more"],
  ["take", "Take some back"],
];

type ChangeChoiceProps = { readonly value: AllotmentChange; readonly onChoose: (change: AllotmentChange) => void };

/** Which way the money goes. */
export const ChangeChoice = ({ value, onChoose }: ChangeChoiceProps) => (
  <fieldset>
    <legend className="text-sm font-semibold">Change</legend>
    <div className="flex flex-wrap gap-x-6">
      {CHOICES.map(([change, name]) => (
        <label key={change} className="flex min-h-8 items-center gap-2">
          <input
            type="radio"
            name="change"
            value={change}
            checked={value === change}
            onChange={() => onChoose(change)}
          />
          {name}
        </label>
      ))}
    </div>
  </fieldset>
);
