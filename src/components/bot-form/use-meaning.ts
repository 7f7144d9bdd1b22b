"use client";

import { useMemo, useState } from "react";
import type { BotChoices } from "~/contracts/new-bot";
import type { SettingIssue } from "~/trading/preview/read-settings";
import { allotmentOf, completeSettings, findJsonFault, placeOf, type Draft } from "./draft";
import { usePreview, useReading } from "./use-bot-worker";
import { useKnownMarkets, usePreviewRequest } from "./use-known-markets";
import type { Reading } from "./worker-messages";

type ValidReading = Extract<Reading, { isValid: true }>;

export const issuesOf = (reading: Reading | "failed" | null): readonly SettingIssue[] =>
  reading === null || reading === "failed" || reading.isValid ? [] : reading.issues;

/** What the settings mean, read beside the page: the last valid reading stays while something is corrected. */
export const useMeaning = (draft: Draft, choices: BotChoices) => {
  const { venue } = placeOf(draft, choices);
  const settings = useMemo(() => completeSettings(draft, venue), [draft, venue]);
  const markets = useKnownMarkets(venue, settings);
  const capital = allotmentOf(draft);
  const { reading: current, readNow } = useReading({ settings, capital, markets, speed: venue?.speed ?? 1 });
  const [valid, setValid] = useState<ValidReading | null>(null);
  if (current !== null && current !== "failed" && current.isValid && current !== valid) setValid(current);
  const isValid = current !== null && current !== "failed" && current.isValid;
  const wanted = useMemo(
    () =>
      isValid && valid !== null && valid.capital !== null
        ? { markets, timeframe: valid.timeframe, settings: valid.settings, capital: valid.capital }
        : null,
    [isValid, valid, markets],
  );
  const preview = usePreview(usePreviewRequest(wanted));
  const hasFailed = current === "failed";
  return { venue, reading: valid, isCurrent: isValid, issues: issuesOf(current), readNow, preview, hasFailed };
};

/** What no JSON is has no words of the core's: it saw text where rules should be. */
export const sayJson = (issues: readonly SettingIssue[], { settings, rules }: Draft): readonly SettingIssue[] =>
  settings["mode"] === "custom" && findJsonFault(rules) !== null
    ? issues.map((issue) => (issue.path === "decision" ? { ...issue, message: "this is no JSON yet" } : issue))
    : issues;
