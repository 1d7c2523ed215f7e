<?xml version="1.0" encoding="UTF-8"?>
<!-- Turns Schematron rules, in a file of their own or embedded in RELAX NG, into
     XSLT that writes a line for each failed assertion and successful report:
     context, test, place, message, set apart by tabs. It shares nothing with the
     engine that it judges. With fast=yes attributes are visited only where a
     context asks for them, which is for measuring. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:sch="http://purl.oclc.org/dsdl/schematron"
    xmlns:out="urn:out" xmlns:f="urn:f" xmlns:xs="http://www.w3.org/2001/XMLSchema" exclude-result-prefixes="#all">
  <xsl:namespace-alias stylesheet-prefix="out" result-prefix="xsl"/>
  <xsl:param name="fast" select="'no'"/>
  <xsl:param name="phase" select="'#ALL'"/>

  <xsl:variable name="schema" select="(//sch:schema)[1]"/>
  <xsl:variable name="old" select="exists($schema) and (not($schema/@queryBinding) or $schema/@queryBinding = ('xslt', 'xpath'))"/>
  <xsl:variable name="active" select="if ($phase = '#ALL') then () else //sch:phase[@id = $phase]/sch:active/@pattern/string()"/>

  <xsl:template match="/">
    <out:stylesheet version="3.0">
      <xsl:for-each-group select="//sch:ns" group-by="@prefix">
        <xsl:namespace name="{@prefix}" select="string(@uri)"/>
      </xsl:for-each-group>
      <out:output method="text"/>
      <xsl:copy-of select="$schema/(xsl:function | xsl:key | xsl:variable)"/>
      <xsl:if test="exists($schema)">
        <xsl:apply-templates select="$schema/sch:let"/>
      </xsl:if>
      <xsl:apply-templates select="//sch:phase[@id = $phase]/sch:let"/>
      <xsl:variable name="patterns" select="//sch:pattern[not(@abstract = 'true')][$phase = '#ALL' or @id = $active]"/>
      <out:template match="/">
        <xsl:for-each select="$patterns">
          <xsl:variable name="contexts" select="string-join((if (@is-a) then //sch:pattern[@id = current()/@is-a] else .)/sch:rule/@context, ' ')"/>
          <out:apply-templates mode="m{generate-id()}">
            <xsl:attribute name="select" select="if ($fast = 'yes') then (if (contains($contexts, '@')) then '/ | //* | //@*' else '/ | //*') else '/ | //node() | //@*'"/>
          </out:apply-templates>
        </xsl:for-each>
      </out:template>
      <xsl:apply-templates select="$patterns"/>
    </out:stylesheet>
  </xsl:template>

  <xsl:function name="f:fill" as="xs:string">
    <xsl:param name="s"/>
    <xsl:param name="params" as="element()*"/>
    <xsl:choose>
      <xsl:when test="empty($params)"><xsl:sequence select="string($s)"/></xsl:when>
      <xsl:otherwise>
        <xsl:variable name="p" select="$params[1]"/>
        <xsl:sequence select="f:fill(replace(string($s), concat('\$', $p/@name, '(?![-.\w])'), replace($p/@value, '([$\\])', '\\$1'), ';j'), subsequence($params, 2))"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <xsl:template match="sch:pattern">
    <xsl:variable name="mode" select="concat('m', generate-id())"/>
    <xsl:variable name="params" select="sch:param"/>
    <xsl:variable name="body" select="if (@is-a) then //sch:pattern[@id = current()/@is-a] else ."/>
    <out:template match="node() | @* | /" mode="{$mode}" priority="-1"/>
    <xsl:variable name="lets" select="$body/sch:let"/>
    <xsl:for-each select="$body/sch:rule[not(@abstract = 'true')]">
      <out:template match="{f:fill(@context, $params)}" mode="{$mode}" priority="{1000 - position()}">
        <xsl:for-each select="$lets">
          <out:variable name="{@name}" as="item()*">
            <out:for-each select="/"><out:sequence><xsl:copy-of select="f:select(f:fill(@value, $params))/@*"/></out:sequence></out:for-each>
          </out:variable>
        </xsl:for-each>
        <xsl:call-template name="rule">
          <xsl:with-param name="params" select="$params"/>
          <xsl:with-param name="context" select="f:fill(@context, $params)"/>
        </xsl:call-template>
      </out:template>
    </xsl:for-each>
  </xsl:template>

  <xsl:function name="f:select" as="element()">
    <xsl:param name="value"/>
    <out:x select="{$value}"><xsl:if test="$old"><xsl:attribute name="version" select="'1.0'"/></xsl:if></out:x>
  </xsl:function>

  <xsl:template match="sch:let">
    <out:variable name="{@name}"><xsl:copy-of select="f:select(@value)/@*"/></out:variable>
  </xsl:template>

  <xsl:template name="rule">
    <xsl:param name="params" as="element()*"/>
    <xsl:param name="context"/>
    <xsl:for-each select="sch:let | sch:assert | sch:report | sch:extends">
      <xsl:choose>
        <xsl:when test="self::sch:let">
          <out:variable name="{@name}"><xsl:copy-of select="f:select(f:fill(@value, $params))/@*"/></out:variable>
        </xsl:when>
        <xsl:when test="self::sch:extends">
          <xsl:for-each select="//sch:rule[@id = current()/@rule]">
            <xsl:call-template name="rule">
              <xsl:with-param name="params" select="$params"/>
              <xsl:with-param name="context" select="$context"/>
            </xsl:call-template>
          </xsl:for-each>
        </xsl:when>
        <xsl:otherwise>
          <xsl:variable name="test" select="f:fill(@test, $params)"/>
          <xsl:variable name="head" select="concat(normalize-space($context), '&#9;', normalize-space($test), '&#9;')"/>
          <out:try>
            <out:if>
              <xsl:attribute name="test" select="if (self::sch:assert) then concat('not(', $test, ')') else concat('boolean(', $test, ')')"/>
              <xsl:if test="$old"><xsl:attribute name="version" select="'1.0'"/></xsl:if>
              <out:variable name="oracle-message"><xsl:apply-templates mode="message"><xsl:with-param name="params" select="$params" tunnel="yes"/></xsl:apply-templates></out:variable>
              <out:value-of version="3.0">
                <xsl:attribute name="select">
                  <xsl:text>concat('</xsl:text>
                  <xsl:value-of select='replace($head, "&apos;", "&apos;&apos;")'/>
                  <xsl:text>', replace(path(.), 'Q\{http://www.w3.org/2005/xpath-functions\}root\(\)', ''), '&#9;', normalize-space($oracle-message), '&#10;')</xsl:text>
                </xsl:attribute>
              </out:value-of>
            </out:if>
            <out:catch>
              <out:value-of version="3.0">
                <xsl:attribute name="select">
                  <xsl:text>concat('</xsl:text>
                  <xsl:value-of select='replace($head, "&apos;", "&apos;&apos;")'/>
                  <xsl:text>', path(.), '&#9;FAILED&#10;')</xsl:text>
                </xsl:attribute>
              </out:value-of>
            </out:catch>
          </out:try>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="text()" mode="message"><out:text><xsl:value-of select="."/></out:text></xsl:template>
  <xsl:template match="*" mode="message"><xsl:apply-templates mode="message"/></xsl:template>
  <xsl:template match="sch:value-of" mode="message">
    <xsl:param name="params" tunnel="yes"/>
    <out:value-of><xsl:copy-of select="f:select(f:fill(@select, $params))/@*"/></out:value-of>
  </xsl:template>
  <xsl:template match="sch:name" mode="message">
    <out:value-of select="{if (@path) then concat('name(', @path, ')') else 'name(.)'}"/>
  </xsl:template>
</xsl:stylesheet>
