/* The least that a program can do with libpcap: read every packet of a file and touch one byte. */
#include <pcap/pcap.h>
#include <stdio.h>

static unsigned long packets;
static unsigned long sum;

static void packet(u_char *user, const struct pcap_pkthdr *header, const u_char *bytes) {
    (void)user;
    packets++;
    sum += header->caplen > 0 ? bytes[0] : 0;
}

int main(int argc, char **argv) {
    char why[PCAP_ERRBUF_SIZE];
    pcap_t *capture = argc == 2 ? pcap_open_offline(argv[1], why) : NULL;
    if (capture == NULL) {
        fprintf(stderr, "usage: pcap-loop FILE\n");
        return 1;
    }
    pcap_loop(capture, -1, packet, NULL);
    printf("%lu packets, sum %lu\n", packets, sum);
    pcap_close(capture);
    return 0;
}
