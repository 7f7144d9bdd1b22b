"use client";

import { formatAmount } from "~/components/format/format-amount";
import { Panel } from "~/components/ui/panel";
import { placeOf, type Draft } from "./draft";
import { describedBy, FieldFrame } from "./field-frame";
import { fieldId, useBotForm } from "./form-context";

type TextProps = {
  readonly path: string;
  readonly label: string;
  readonly words: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly suffix?: string;
  readonly onChange: (value: string) => void;
};

/** A text beside the settings, such as a name. */
export const TextField = ({ path, label, words, value, placeholder, suffix, onChange }: TextProps) => {
  const { issues } = useBotForm();
  const id = fieldId(path);
  const issue = issues.find((each) => each.path === path);
  return (
    <FieldFrame id={id} label={label} words={words} error={issue?.message ?? null}>
      <span className="flex items-center gap-2">
        <input
          id={id}
          className={`field ${suffix === undefined ? "" : "figure max-w-44"}`}
          inputMode={suffix === undefined ? "text" : "decimal"}
          autoComplete="off"
          maxLength={60}
          value={value}
          placeholder={placeholder}
          aria-invalid={issue !== undefined}
          aria-describedby={describedBy(id)}
          onChange={(event) => onChange(event.target.value)}
        />
        {suffix !== undefined && <span className="text-sm text-muted">{suffix}</span>}
      </span>
    </FieldFrame>
  );
};

const AccountField = () => {
  const { draft, choices, change } = useBotForm();
  const id = fieldId("money.accountId");
  const usable = choices.accounts.filter(({ free }) => free !== null && Number(free) > 0);
  return (
    <FieldFrame
      id={id}
      label="Account"
      words={
        draft.money.accountId === null
          ? "A paper account of its own: no real money is moved."
          : "It shares this account's money with the bots that are there."
      }
    >
      <select
        id={id}
        className="field max-w-72"
        value={draft.money.accountId ?? ""}
        aria-describedby={describedBy(id)}
        onChange={({ target: { value } }) =>
          change((before) => ({ ...before, money: { ...before.money, accountId: value === "" ? null : value } }))
        }
      >
        <option value="">A new paper account</option>
        {usable.map(({ id: accountId, name, free }) => (
          <option key={accountId} value={accountId}>
            {name}: {formatAmount(free)} USDT free
          </option>
        ))}
      </select>
    </FieldFrame>
  );
};

const VenueField = () => {
  const { draft, choices, change } = useBotForm();
  const { account, venue } = placeOf(draft, choices);
  const id = fieldId("venueId");
  return (
    <FieldFrame
      id={id}
      label="Prices from"
      words={
        venue?.isSimulated === true
          ? "A market that this product plays by a faster clock."
          : "The venue's public prices, as they are now. No key is needed."
      }
    >
      <select
        id={id}
        className="field max-w-56"
        value={venue?.id ?? ""}
        // An account stays with its venue.
        disabled={account !== undefined}
        aria-describedby={describedBy(id)}
        onChange={({ target: { value } }) => change((before) => ({ ...before, venueId: value }))}
      >
        {choices.venues.map(({ id: venueId, title }) => (
          <option key={venueId} value={venueId}>
            {title}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
};

const CapitalFields = () => {
  const { draft, choices, change } = useBotForm();
  const { money } = draft;
  const { account } = placeOf(draft, choices);
  const setMoney = (changed: Partial<Draft["money"]>): void =>
    change((before) => ({ ...before, money: { ...before.money, ...changed } }));
  return (
    <>
      {!account && (
        <TextField
          path="money.capital"
          label="Paper money of the account"
          words="What the account begins with."
          suffix="USDT"
          value={money.capital}
          onChange={(capital) => setMoney({ capital })}
        />
      )}
      <TextField
        path="money.allotment"
        label="Of it for this bot"
        words={
          account ? `At most ${formatAmount(account.free)} USDT.` : "Empty: all of it. The rest is for other bots."
        }
        suffix="USDT"
        value={money.allotment}
        {...(!account && { placeholder: money.capital })}
        onChange={(allotment) => setMoney({ allotment })}
      />
    </>
  );
};

/** What the bot is called, where its prices come from, and what it may use. */
export const MoneySection = () => {
  const { draft, change } = useBotForm();
  return (
    <Panel title="Name and money">
      <div className="grid gap-x-6 gap-y-2 sm:grid-cols-2">
        <TextField
          path="name"
          label="Name"
          words="As you find it in your lists."
          value={draft.name}
          onChange={(name) => change((before) => ({ ...before, name }))}
        />
        <VenueField />
        <AccountField />
        <CapitalFields />
      </div>
    </Panel>
  );
};
