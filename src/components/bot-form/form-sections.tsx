"use client";

import type { ReactNode } from "react";
import type { VenueChoice } from "~/contracts/new-bot";
import { ApprovalSection } from "./approval-section";
import { ExitsSection, LegsSection } from "./exits-section";
import { useBotForm } from "./form-context";
import { LimitsSections } from "./limits-section";
import { ModeSection } from "./mode-section";
import { PairsSection } from "./pairs-section";
import { SizingSection } from "./sizing-section";
import { TimingSection } from "./timing-section";

const CONTROL = "buy-and-hold";

type FormSectionsProps = {
  readonly venue: VenueChoice;
  /** What comes before the settings, and after them. */
  readonly children: ReactNode;
  readonly end?: ReactNode;
  /** What comes after how it decides. */
  readonly afterMode?: ReactNode;
};

/** Every setting of the form. The control has equal shares and no exits: there is nothing to set about them. */
export const FormSections = ({ venue, children, end, afterMode }: FormSectionsProps) => {
  const { draft } = useBotForm();
  const isControl = draft.settings["mode"] === CONTROL;
  // Another start has other fields, and none keeps what was typed into the one before.
  return (
    <>
      {children}
      <PairsSection venue={venue} />
      <ModeSection key={`mode ${draft.start}`} />
      {afterMode}
      <TimingSection venue={venue} />
      {!isControl && (
        <>
          <SizingSection key={`size ${draft.start}`} />
          <ExitsSection key={`exits ${draft.start}`} />
          <LegsSection key={`legs ${draft.start}`} />
          <ApprovalSection key={`approval ${draft.start}`} />
        </>
      )}
      <LimitsSections key={`limits ${draft.start}`} />
      {end}
    </>
  );
};
