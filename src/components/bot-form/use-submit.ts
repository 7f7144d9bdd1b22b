"use client";

import { useState, type SubmitEvent } from "react";
import type { SettingIssue } from "~/trading/preview/read-settings";

/** Sends the form once it was read as it stands: what was typed last counts, and what is at fault is said here. */
export const useSubmit = (send: () => void, findFaults: () => Promise<readonly SettingIssue[]>) => {
  const [tries, setTries] = useState(0);
  const [isReading, setReading] = useState(false);
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (isReading) return;
    setReading(true);
    const faults = await findFaults();
    setReading(false);
    setTries((count) => count + 1);
    if (faults.length === 0) send();
  };
  return { tries, isReading, submit, forget: () => setTries(0) };
};
