package org.hinomi.observatory.store.backup;

/**
 * What a backup holds.
 *
 * @param program the release that wrote it
 * @param bytes size of all files in it, unpacked
 * @param segments minutes, or parts of minutes, of hours that were not archived yet
 * @param archivedHours files of archived hours
 * @param control whether it holds a control database
 */
public record BackupContents(String program, long bytes, int segments, int archivedHours, boolean control) {}
