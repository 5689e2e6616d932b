import { json, type LocalAnswer } from './answers.ts';
import { FAULT_KINDS, type FaultKind } from './faults.ts';
import type { LocalOvp } from './local-ovp.ts';

/** Sets the scene over HTTP, for people who try the app against this OVP: faults, rate, habits, an asset's token mode. */
export function controlAnswer(ovp: LocalOvp, method: string, url: URL): LocalAnswer {
  const { searchParams: query } = url;
  const what = url.pathname.replace(/^\/_control\/?/, '');
  if (method === 'GET' && what === '')
    return json(200, {
      habits: { ...ovp.platform.habits, tags: [...ovp.platform.habits.tags] },
      keys: [...ovp.platform.keyNames()],
      calls: ovp.calls.length,
      faults: [...FAULT_KINDS],
    });
  if (method !== 'POST') return json(405, { message: 'POST it' });
  switch (what) {
    case 'fault': {
      const kind = query.get('kind') ?? '';
      if (!isFaultKind(kind)) return json(400, { message: `kind is one of ${FAULT_KINDS.join(', ')}` });
      const on = query.get('on');
      const times = Number(query.get('times') ?? 1);
      ovp.fail({ kind, times, after: query.has('after'), ...(on === null ? {} : { on }) });
      return json(200, { kind, times });
    }
    case 'clear':
      ovp.clearFaults();
      return json(200, {});
    case 'rate': {
      const perSecond = Number(query.get('per-second'));
      if (!(perSecond >= 0)) return json(400, { message: 'per-second is a number; 0 is no limit' });
      ovp.setRate(perSecond);
      return json(200, { perSecond });
    }
    case 'keys': {
      const answer = query.get('list');
      if (answer !== 'offered' && answer !== '404' && answer !== '405' && answer !== '403')
        return json(400, { message: 'list is offered, 404, 405 or 403' });
      ovp.setHabits({ keyCalls: answer });
      return json(200, { list: answer });
    }
    case 'mode':
      return ovp.platform.setBehavior(query.get('id') ?? '', query.get('behavior') ?? '')
        ? json(200, {})
        : json(404, { message: 'no such asset' });
    default:
      return json(404, { message: 'fault, clear, rate, keys or mode' });
  }
}

const isFaultKind = (text: string): text is FaultKind => (FAULT_KINDS as readonly string[]).includes(text);
