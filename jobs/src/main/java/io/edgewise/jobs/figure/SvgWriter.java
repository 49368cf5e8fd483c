package io.edgewise.jobs.figure;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes the elements of an SVG drawing; whatever texts say, they stay texts. */
final class SvgWriter {
    private static final String NAMESPACE = "http://www.w3.org/2000/svg";

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    SvgWriter() {
        try {
            // The platform's own, whatever else the class path has: the same bytes everywhere.
            xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
        } catch (XMLStreamException e) {
            throw impossible(e);
        }
    }

    /** What makes a file of the drawing. */
    void declaration() {
        write(() -> {
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
        });
    }

    /** The outermost element; attributes are names and values by turns. */
    void root(String... attributes) {
        write(() -> {
            xml.writeStartElement("svg");
            xml.writeDefaultNamespace(NAMESPACE);
            attributes(attributes);
        });
    }

    void start(String element, String... attributes) {
        write(() -> {
            xml.writeCharacters("\n");
            xml.writeStartElement(element);
            attributes(attributes);
        });
    }

    void end() {
        write(xml::writeEndElement);
    }

    void empty(String element, String... attributes) {
        write(() -> {
            xml.writeCharacters("\n");
            xml.writeEmptyElement(element);
            attributes(attributes);
        });
    }

    void text(String element, String content, String... attributes) {
        write(() -> {
            xml.writeStartElement(element);
            attributes(attributes);
            xml.writeCharacters(Visible.text(content));
            xml.writeEndElement();
        });
    }

    /** Text of the drawing's own, as it is. */
    void style(String css) {
        write(() -> {
            xml.writeStartElement("style");
            xml.writeCharacters(css);
            xml.writeEndElement();
        });
    }

    String finished() {
        write(xml::writeEndDocument);
        return text + "\n";
    }

    private void attributes(String... attributes) throws XMLStreamException {
        for (int i = 0; i < attributes.length; i += 2) {
            xml.writeAttribute(attributes[i], Visible.text(attributes[i + 1]));
        }
    }

    private static void write(Step step) {
        try {
            step.run();
        } catch (XMLStreamException e) {
            throw impossible(e);
        }
    }

    private static IllegalStateException impossible(XMLStreamException e) {
        return new IllegalStateException("Text in memory takes any XML", e);
    }

    private interface Step {
        void run() throws XMLStreamException;
    }
}
