"use client";

import { useBotForm } from "~/components/bot-form/form-context";
import { TextField } from "~/components/bot-form/money-section";
import { formatAmount } from "~/components/format/format-amount";
import { Panel } from "~/components/ui/panel";
import type { EditableBot } from "~/contracts/edit-bot";

/** What the bot is called, and what of it cannot be changed. */
export const NameSection = ({ bot }: { readonly bot: EditableBot }) => {
  const { draft, change } = useBotForm();
  return (
    <Panel title="Name">
      <div className="grid gap-x-6 gap-y-2 sm:grid-cols-2">
        <TextField
          path="name"
          label="Name"
          words="As you find it in your lists."
          value={draft.name}
          onChange={(name) => change((before) => ({ ...before, name }))}
        />
        <p className="text-sm text-muted">
          It stays on the account {bot.accountName} at {bot.venueName}, with {formatAmount(bot.allotment)}{" "}
          {bot.currency} of it, and keeps the assumptions of fills that it was made with. To trade elsewhere, copy it
          into a new bot.
        </p>
      </div>
    </Panel>
  );
};
