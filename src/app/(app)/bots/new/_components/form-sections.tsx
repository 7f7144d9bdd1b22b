"use client";

import type { VenueChoice } from "~/contracts/new-bot";
import { ApprovalSection } from "./approval-section";
import { ExitsSection, LegsSection } from "./exits-section";
import { useBotForm } from "./form-context";
import { LimitsSections } from "./limits-section";
import { MatchingSection } from "./matching-section";
import { ModeSection } from "./mode-section";
import { MoneySection } from "./money-section";
import { PairsSection } from "./pairs-section";
import { SizingSection } from "./sizing-section";
import { StartSection } from "./start-section";
import { TimingSection } from "./timing-section";

const CONTROL = "buy-and-hold";

/** Every part of the form. The control has equal shares and no exits: there is nothing to set about them. */
export const FormSections = ({ venue }: { readonly venue: VenueChoice }) => {
  const { draft } = useBotForm();
  const isControl = draft.settings["mode"] === CONTROL;
  // Another start has other fields, and none keeps what was typed into the one before.
  return (
    <>
      <StartSection />
      <MoneySection />
      <PairsSection venue={venue} />
      <ModeSection key={`mode ${draft.start}`} />
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
      <MatchingSection key={`matching ${draft.start}`} />
    </>
  );
};
