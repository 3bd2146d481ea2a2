package org.hinomi.observatory.alert.delivery;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Date;
import java.util.Locale;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.hinomi.observatory.alert.delivery.DeliverySettings.Mail;
import org.hinomi.observatory.alert.delivery.DeliverySettings.Security;

/**
 * Plain text by mail (RFC 5321, 5322). What breaks after the text was handed over leaves it open whether the mail is on
 * its way: then it is not sent again.
 */
final class MailChannel implements Channel {
    private static final String MILLIS = "15000";
    private static final int PERMANENT = 500;

    private final Mail settings;
    private final Session session;

    MailChannel(Mail settings) {
        this.settings = settings;
        Properties mail = new Properties();
        mail.put("mail.smtp.host", settings.host());
        mail.put("mail.smtp.port", Integer.toString(settings.port()));
        mail.put("mail.smtp.localhost", "hinomi");
        mail.put("mail.smtp.connectiontimeout", MILLIS);
        mail.put("mail.smtp.timeout", MILLIS);
        mail.put("mail.smtp.writetimeout", MILLIS);
        mail.put("mail.smtp.auth", Boolean.toString(settings.user().isPresent()));
        mail.put("mail.smtp.starttls.enable", Boolean.toString(settings.security() == Security.STARTTLS));
        mail.put("mail.smtp.starttls.required", Boolean.toString(settings.security() == Security.STARTTLS));
        mail.put("mail.smtp.ssl.enable", Boolean.toString(settings.security() == Security.TLS));
        mail.put("mail.smtp.ssl.checkserveridentity", "true");
        this.session = Session.getInstance(mail);
    }

    @Override
    public boolean repeatable() {
        return false;
    }

    @Override
    public Outcome send(Message message) {
        MimeMessage letter;
        try {
            letter = letter(message);
        } catch (MessagingException e) {
            return new Outcome.Never("the mail can't be written: " + e.getMessage());
        }
        try (Transport transport = session.getTransport("smtp")) {
            try {
                transport.connect(
                        settings.host(), settings.port(), settings.user().orElse(null), password());
            } catch (AuthenticationFailedException e) {
                return new Outcome.Later(settings.host() + " does not accept the user or the password");
            } catch (MessagingException | IOException e) {
                return new Outcome.Later(settings.host() + " can't be reached: " + e.getMessage());
            }
            transport.sendMessage(letter, letter.getAllRecipients());
            return new Outcome.Sent();
        } catch (MessagingException e) {
            return ofFailure(e);
        }
    }

    /** A reply of the server tells what became of the mail; without one nobody knows. */
    private static Outcome ofFailure(MessagingException e) {
        for (Exception at = e; at instanceof MessagingException failed; at = failed.getNextException()) {
            int code = at instanceof SMTPSendFailedException send
                    ? send.getReturnCode()
                    : at instanceof SMTPAddressFailedException address ? address.getReturnCode() : 0;
            if (code >= PERMANENT) {
                return new Outcome.Never("the mail server refuses it: " + at.getMessage());
            }
            if (code > 0) {
                return new Outcome.Later("the mail server can't take it now: " + at.getMessage());
            }
        }
        return new Outcome.Uncertain("the connection broke while it was sent: " + e.getMessage());
    }

    private String password() throws IOException {
        return settings.passwordFile().isPresent()
                ? Files.readString(settings.passwordFile().get()).strip()
                : "";
    }

    private MimeMessage letter(Message message) throws MessagingException {
        MimeMessage letter = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", "<" + message.id() + "@hinomi>");
            }
        };
        letter.setFrom(new InternetAddress(settings.from(), true));
        letter.setRecipient(RecipientType.TO, new InternetAddress(message.target(), true));
        letter.setSubject(message.title(), StandardCharsets.UTF_8.name());
        letter.setText(message.text(), StandardCharsets.UTF_8.name());
        letter.setSentDate(Date.from(message.time()));
        letter.setHeader("Auto-Submitted", "auto-generated");
        letter.setHeader("X-Hinomi-Severity", message.severity().id().toLowerCase(Locale.ROOT));
        return letter;
    }
}
