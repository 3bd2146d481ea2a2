import type { DeviceConfidence, DeviceKind } from '../api/devices';
import { t } from '../words';

/** Kinds that are not told apart, as people read them; none is unknown. */
export function kindNames(kinds: readonly DeviceKind[]): string {
  return kinds.length === 0 ? t('device.unknown') : kinds.map((kind) => t(`device.${kind}`)).join(t('device.or'));
}

/** What a device probably is and how sure that is. */
export function sureness(kinds: readonly DeviceKind[], confidence: DeviceConfidence): string {
  return kinds.length === 0 ? t('device.unknown') : t(`device.sure.${confidence === 'medium' ? 'medium' : 'low'}`, { kinds: kindNames(kinds) });
}
