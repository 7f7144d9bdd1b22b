"use client";

import { Panel } from "~/components/ui/panel";
import { CheckField, ChoiceField, NumberField } from "./fields";
import { useBotForm } from "./form-context";
import { MODE_FIELDS, type ModeField } from "./mode-fields";
import { RulesEditor } from "./rules-editor";

const FieldOf = ({ field, section }: { readonly field: ModeField; readonly section: string }) => {
  const { name, label, line = label } = field;
  const common = { path: `decision.${name}`, label, words: [section, line] as const };
  if (field.kind === "check") return <CheckField {...common} />;
  if (field.kind === "choice") return <ChoiceField {...common} choices={field.choices} />;
  const { unit, suffix } = field;
  return <NumberField {...common} {...(unit && { unit })} {...(suffix !== undefined && { suffix })} />;
};

/** How the bot decides. */
export const ModeSection = () => {
  const { draft, choices } = useBotForm();
  const mode = choices.modes.find(({ name }) => name === draft.settings["mode"]);
  if (!mode) return null;
  const fields = MODE_FIELDS[mode.name];
  const isCheck = ({ kind }: ModeField): boolean => kind === "check";
  return (
    <Panel title={`Decisions: ${mode.title}`} note={`It ${mode.summary}.`}>
      {fields ? (
        <>
          <div className="grid gap-x-6 gap-y-2 sm:grid-cols-2 2xl:grid-cols-3">
            {fields
              .filter((field) => !isCheck(field))
              .map((field) => (
                <FieldOf key={field.name} field={field} section={mode.title} />
              ))}
          </div>
          <div className="grid gap-x-6 sm:grid-cols-2">
            {fields.filter(isCheck).map((field) => (
              <FieldOf key={field.name} field={field} section={mode.title} />
            ))}
          </div>
        </>
      ) : (
        <RulesEditor section={mode.title} />
      )}
    </Panel>
  );
};
