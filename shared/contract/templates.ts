import type { Template } from '../issue/template.ts';
import { command, NOTHING } from './command.ts';
import { draftSchema, targetId } from './issue.ts';
import { z } from './zod.ts';

/**
 * Templates of one's own: one JSON file each in a folder of the profile, to be edited, copied and put under version control
 * by hand. The built-in ones are in the engine (`shared/issue/templates/`) and never cross.
 */
const line = z.string().max(500);

export const templateVariable = z.strictObject({
  /** between the braces: `{{video}}` */
  name: z.string().regex(/^[a-z][a-zA-Z0-9_-]{0,39}$/),
  label: line,
  type: z.enum(['text', 'id', 'number', 'moment', 'duration', 'country', 'countries', 'network', 'networks', 'texts']),
  /** what stands for a duration or number that is written without a unit: `h` makes “2” two hours */
  unit: z.enum(['s', 'min', 'h', 'd']).exactOptional(),
  /** taken where nothing is filled in; without one, a value is needed */
  otherwise: line.exactOptional(),
  example: line.exactOptional(),
  hint: line.exactOptional(),
});

/** `Template` of the engine, as it stands in a file. */
export const templateSchema = z.strictObject({
  title: z.string().trim().min(1).max(120),
  summary: line,
  makes: z.enum(['token', 'negative-pack']),
  target: targetId.exactOptional(),
  variables: z.array(templateVariable).max(50).readonly(),
  draft: draftSchema,
});
true satisfies z.output<typeof templateSchema> extends Template ? true : never;
true satisfies Template extends z.input<typeof templateSchema> ? true : never;

/** A file of the folder; `id` is its name without its ending. */
const ownTemplate = z.object({ id: z.string(), fileName: z.string(), template: templateSchema });
export type OwnTemplate = z.output<typeof ownTemplate>;

export const templateList = z.object({
  /** where the files lie, as it may be shown */
  folder: z.string(),
  templates: z.array(ownTemplate),
  /** files that cannot be used, each with why and where; they stay as they are */
  broken: z.array(z.object({ fileName: z.string(), message: z.string() })),
});
export type TemplateList = z.output<typeof templateList>;

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,79}$/);
const MAX_TEMPLATE = 256 * 1024;

export const templatesCommands = {
  /** reads the folder anew each time: somebody else may have edited it */
  'templates.list': command(NOTHING, templateList),
  /** with `id` the file is replaced; without, a new file is named after the title */
  'templates.save': command(
    z.strictObject({ id: id.exactOptional(), template: templateSchema }),
    ownTemplate,
    MAX_TEMPLATE,
  ),
  'templates.delete': command(z.strictObject({ id }), templateList),
  /** shows the file, or the folder, in the system's file manager */
  'templates.reveal': command(z.strictObject({ id: id.exactOptional() }), z.null()),
};
