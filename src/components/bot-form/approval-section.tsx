"use client";

import { Panel } from "~/components/ui/panel";
import { NumberField } from "./fields";
import { fieldId, useSetting } from "./form-context";

const WORDS = ["Entry", "Approval"] as const;

/** Whether its entries wait for the trader, for how long, and how near the price has to stay. */
export const ApprovalSection = () => {
  const { value, set } = useSetting("approval");
  const isOn = value !== undefined && value !== null;
  const id = fieldId("approval");
  return (
    <Panel title="Approval" note="Off, it enters by itself. Stops, targets and closes never wait.">
      <div className="grid gap-2">
        <label htmlFor={id} className="flex min-h-8 items-center gap-2 text-sm font-semibold">
          <input
            id={id}
            type="checkbox"
            className="size-4 accent-accent"
            checked={isOn}
            onChange={({ target }) => set(target.checked ? { minutes: 15, bandFraction: 0.01 } : undefined)}
          />
          Asks me before each entry
        </label>
        {isOn && (
          <div className="grid gap-x-6 gap-y-2 sm:grid-cols-2">
            <NumberField path="approval.minutes" label="Waits for me" suffix="minutes" words={WORDS} />
            <NumberField path="approval.bandFraction" label="While the price stays within" unit="%" />
          </div>
        )}
      </div>
    </Panel>
  );
};
