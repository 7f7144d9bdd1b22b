import type { Command } from "~/trading/steering/command";
import { askCommand } from "../steering/ask-command";
import type { BooksFixture } from "./books-fixture";
import { nobodyListens } from "./nobody-listens";

/** Tells the fixture's bot something, as its user does, and answers the command's row. */
export const tellBot = async (fixture: BooksFixture, command: Command, commandId = fixture.ports.newId()) => {
  const { botId, userId } = fixture;
  await askCommand({ ...fixture.ports, events: nobodyListens }, { commandId, userId, botId, command });
  return readCommand(fixture, commandId);
};

export const readCommand = (fixture: BooksFixture, id: string) =>
  fixture.ports.db.command.findUniqueOrThrow({ where: { id } });
