"use client";

import dynamic from "next/dynamic";

/** The parts of a bot's page, each with its own scripts: a browser loads only those of the part that it shows. */
export const CyclesView = dynamic(() => import("./cycles-view").then((module) => module.CyclesView));
export const DecisionsView = dynamic(() => import("./decisions-view").then((module) => module.DecisionsView));
export const OverviewView = dynamic(() => import("./overview-view").then((module) => module.OverviewView));
export const PositionsPanel = dynamic(() => import("./positions-panel").then((module) => module.PositionsPanel));
export const SettingsView = dynamic(() => import("./settings-view").then((module) => module.SettingsView));
export const TradesView = dynamic(() => import("./trades-view").then((module) => module.TradesView));
