"use client";

import { Panel } from "~/components/ui/panel";
import { ConsentField } from "./consent-field";
import { CheckField, ChoiceField, NumberField } from "./fields";
import { useBotForm } from "./form-context";
import type { ModeField } from "./mode-field";
import { MODE_FIELDS } from "./mode-fields";
import { ModelField } from "./model-field";
import { PromptPreview } from "./prompt-preview";
import { RulesEditor } from "./rules-editor";
import { DollarField, ProseField } from "./text-field";

type NumberOf = Extract<ModeField, { kind: "number" }>;

/** What stands behind a number, where something does. */
const shownIn = ({ unit, suffix }: NumberOf) => ({ ...(unit && { unit }), ...(suffix !== undefined && { suffix }) });

const FieldOf = ({ field, section }: { readonly field: ModeField; readonly section: string }) => {
  const { name, label, line = label } = field;
  const common = { path: `decision.${name}`, label, words: [section, line] as const };
  switch (field.kind) {
    case "check":
      return <CheckField {...common} />;
    case "choice":
      return <ChoiceField {...common} choices={field.choices} />;
    case "model":
      return <ModelField path={common.path} label={label} />;
    case "dollars":
      return <DollarField {...common} />;
    case "consent":
      return <ConsentField path={common.path} label={label} />;
    case "prose":
      return <ProseField {...common} most={field.most} note={field.note} />;
    case "number":
      return <NumberField {...common} {...shownIn(field)} />;
  }
};

const isCheck = ({ kind }: ModeField): boolean => kind === "check";
/** What takes the whole width. */
const isWide = ({ kind }: ModeField): boolean => kind === "prose" || kind === "consent";
const isShort = (field: ModeField): boolean => !isCheck(field) && !isWide(field);
const asks = ({ kind }: ModeField): boolean => kind === "model";

/** How the bot decides. */
export const ModeSection = () => {
  const { draft, choices } = useBotForm();
  const mode = choices.modes.find(({ name }) => name === draft.settings["mode"]);
  if (!mode) return null;
  const fields = MODE_FIELDS[mode.name];
  return (
    <Panel title={`Decisions: ${mode.title}`} note={`It ${mode.summary}.`}>
      {fields ? (
        <>
          <div className="grid gap-x-6 gap-y-2 sm:grid-cols-2 2xl:grid-cols-3">
            {fields.filter(isShort).map((field) => (
              <FieldOf key={field.name} field={field} section={mode.title} />
            ))}
          </div>
          {/* It may hold nothing: then it has no space of its own. */}
          <div className="mt-2 empty:hidden">
            {fields.filter(isWide).map((field) => (
              <FieldOf key={field.name} field={field} section={mode.title} />
            ))}
          </div>
          <div className="grid gap-x-6 sm:grid-cols-2">
            {fields.filter(isCheck).map((field) => (
              <FieldOf key={field.name} field={field} section={mode.title} />
            ))}
          </div>
          {fields.some(asks) && <PromptPreview />}
        </>
      ) : (
        <RulesEditor section={mode.title} />
      )}
    </Panel>
  );
};
